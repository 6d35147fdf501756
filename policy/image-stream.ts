import { kubernetesObject, type Written } from "./kubernetes";
import type { PolicyResource } from "./resource";

interface ImageStreamSpec {
  readonly tags: readonly { readonly from: { readonly kind: string; readonly name: string } }[];
}

/** The images that an ImageStream imports; none for other kinds. */
export function streamSources(resource: PolicyResource): string[] {
  const object = kubernetesObject(resource);
  if (object?.kind !== "ImageStream") return [];
  const { tags = [] } = object.spec as Written<ImageStreamSpec>;
  return tags.flatMap(({ from }) => (from?.kind === "DockerImage" ? [from.name ?? ""] : []));
}
