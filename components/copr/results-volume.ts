import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { ClaimMount } from "../platform/mounts";
import type { Site } from "../platform/site";

/** Everything that is served: results, statistics (B10). */
export const PUBLIC_FOLDER = "/var/lib/copr/public_html";

/** The volume with results of builds. */
export interface ResultsVolume {
  readonly claim: pulumi.Input<string>;
  /** Name of the group of pods that have to be on one node with it. Absent: it can be on many. */
  readonly together?: string;
}

export interface ResultsVolumeArgs {
  readonly site: Site;
  readonly storage: string;
  /** Whether the storage class lets pods of several nodes have it; otherwise its pods share a node (C13). */
  readonly manyNodes: boolean;
}

/** Makes the volume that the backend writes and the server of results reads. */
export function resultsVolume(
  name: string,
  args: ResultsVolumeArgs,
  opts: pulumi.CustomResourceOptions,
): ResultsVolume {
  const made = claim(name, { ...args, component: name }, opts);
  return { claim: made.metadata.name, ...(!args.manyNodes && { together: name }) };
}

/** The volume in a container. @param readOnly - For those who only serve it. */
export function resultsMount(results: ResultsVolume, readOnly = false): ClaimMount {
  return { volume: "results", path: PUBLIC_FOLDER, claim: results.claim, ...(readOnly && { readOnly }) };
}
