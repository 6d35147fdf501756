import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import { objectLabels, type Site } from "../platform/site";
import { jobSpec, taskIdentity } from "../platform/task";
import { REPOSITORY_CACHE_FOLDER } from "./paths";
import { fillScript, LIST_FILE, repositoryList, SCRIPT_FILE } from "./repository-cache-script";

const SCRIPT_FOLDER = "/filler";

/** Runs that are tried again: a forge may be away for a moment. */
const RETRIES = 2;

/** A volume with clones of big repositories. */
export interface CacheVolume {
  /** Name of the worker's pod that the volume is for. */
  readonly pod: string;
  readonly claim: pulumi.Input<string>;
  /** Whether that pod has the volume for as long as it runs, so that only its node can have it too (RWO). */
  readonly held: boolean;
}

export interface RepositoryCacheFillerArgs {
  /** Namespace of the volumes. */
  readonly site: Site;
  /** An image with a shell and git. */
  readonly image: ContainerImage;
  /** Addresses of the repositories. */
  readonly repositories: readonly string[];
  readonly volumes: readonly CacheVolume[];
  /** Seconds after which a volume's run has failed. It holds the volume meanwhile. */
  readonly deadlineSeconds: number;
  readonly resources: Resources;
}

/**
 * Fills volumes with clones of repositories, one Job a volume. A changed list makes new Jobs, which fetch what is
 * there and clone what is missing (D23).
 */
export class RepositoryCacheFiller extends pulumi.ComponentResource {
  /** @param name - First part of the Jobs' names and name of all other objects, for example `repository-cache-filler`. */
  constructor(name: string, args: RepositoryCacheFillerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:RepositoryCacheFiller", name, {}, opts);
    const { site, image, resources, deadlineSeconds } = args;
    const child = { parent: this };
    const data = { [SCRIPT_FILE]: fillScript(), [LIST_FILE]: repositoryList(args.repositories) };
    const script = new ConfigFiles(name, { site, data }, child);
    const task = {
      site,
      image,
      resources,
      deadlineSeconds,
      retries: RETRIES,
      command: ["/bin/sh", `${SCRIPT_FOLDER}/${SCRIPT_FILE}`],
      args: [REPOSITORY_CACHE_FOLDER, `${SCRIPT_FOLDER}/${LIST_FILE}`],
    };
    const { serviceAccount, before } = taskIdentity(name, task, child);
    for (const { pod, claim, held } of args.volumes) {
      const spec = jobSpec(
        name,
        {
          ...task,
          mounts: [
            { path: SCRIPT_FOLDER, files: [{ from: script }] },
            { volume: "repository-cache", path: REPOSITORY_CACHE_FOLDER, claim },
            { scratch: "tmp", path: "/tmp", sizeLimit: "16Mi" },
          ],
          ...(held && { besidePod: pod }),
        },
        serviceAccount,
      );
      new k8s.batch.v1.Job(
        `${name}-${pod}`,
        {
          metadata: {
            name: `${name}-${pod}`,
            namespace: site.namespace,
            labels: objectLabels(site, name),
            // Clones take their time, and the stack works without them.
            annotations: { "pulumi.com/skipAwait": "true" },
          },
          spec,
        },
        // A Job cannot change, and two must not fill one volume at once.
        {
          ...child,
          dependsOn: [...before],
          deleteBeforeReplace: true,
          // The cluster puts the stream's image in its place.
          ...(image.trigger && { ignoreChanges: ["spec.template.spec.containers[0].image"] }),
        },
      );
    }
    this.registerOutputs({});
  }
}
