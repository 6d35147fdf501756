import * as pulumi from "@pulumi/pulumi";

import type { Site } from "./site";

/** When the node asks the registry for an image. `Never`: it has to be there already, as on kind. */
export type PullPolicy = "Always" | "IfNotPresent" | "Never";

/** What a container runs. */
export interface ContainerImage {
  /** Value of the container's `image` field. */
  readonly reference: pulumi.Input<string>;
  /** Set when the cluster's image trigger controls the field; it is then left alone after creation (D32). */
  readonly trigger?: { readonly stream: string; readonly tag: string };
  /** @default "IfNotPresent" */
  readonly pullPolicy?: PullPolicy;
}

export interface ImageArgs {
  readonly site: Site;
  /** Registry, repository and tag or digest, for example `quay.io/packit/dashboard:stg`. */
  readonly source: string;
  /** Follow the source's tag through the platform, under this tag. Absent: run `source` as it stands. */
  readonly follow?: { readonly tag: string; readonly scheduled: boolean };
  /** When a node asks the registry for it. @default "IfNotPresent" */
  readonly pullPolicy?: PullPolicy;
}

/** The image of one name, made once and handed to every workload that runs it (D33). */
export class Image implements ContainerImage {
  readonly reference: pulumi.Input<string>;
  readonly trigger?: { readonly stream: string; readonly tag: string };
  readonly pullPolicy?: PullPolicy;

  /** @param name - Name of the stream, for example `packit-worker`. */
  constructor(name: string, args: ImageArgs, opts: pulumi.CustomResourceOptions) {
    const { site, source, follow, pullPolicy } = args;
    if (pullPolicy !== undefined) this.pullPolicy = pullPolicy;
    if (follow === undefined) {
      this.reference = source;
      return;
    }
    const { tag, scheduled } = follow;
    const stream = site.platform.follow(name, { site, stream: name, tag, source, scheduled }, opts);
    this.trigger = { stream: name, tag };
    this.reference = stream.urn.apply(() => `${name}:${tag}`);
  }
}

/**
 * The annotation by which OpenShift's trigger controller finds the field that it is to keep at the newest image.
 *
 * @param template - Where the object's pod template is.
 */
export function triggerAnnotation(
  image: ContainerImage,
  container: string,
  template = "spec.template",
): Record<string, string> {
  return triggerAnnotations({ [container]: image }, template);
}

/** The same for several containers of a pod, by their names. */
export function triggerAnnotations(
  images: Readonly<Record<string, ContainerImage>>,
  template = "spec.template",
): Record<string, string> {
  const entries = Object.entries(images).flatMap(([container, { trigger }]) =>
    trigger === undefined
      ? []
      : [
          {
            from: { kind: "ImageStreamTag", name: `${trigger.stream}:${trigger.tag}` },
            fieldPath: `${template}.spec.containers[?(@.name=="${container}")].image`,
          },
        ],
  );
  return entries.length === 0 ? {} : { "image.openshift.io/triggers": JSON.stringify(entries) };
}
