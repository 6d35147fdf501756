import type { ImageUse } from "../../stacks/settings";
import type { Cluster } from "../cluster";
import { livePods, type Pod, type Running, runningOf } from "./running";
import { heldTag, type HeldTag } from "./stream";
import type { ImageSubject } from "./subject";

/** How it stands with an image on the cluster. */
export interface Present {
  readonly use: ImageUse;
  /** What pods run of it. */
  readonly running: readonly Running[];
  /** What its ImageStream holds; absent where there is none, or not yet. */
  readonly held?: HeldTag;
}

/** How it stands with images on the cluster. */
export async function presentOf(
  { instance, settings }: ImageSubject,
  cluster: Cluster,
  uses: readonly ImageUse[],
): Promise<readonly Present[]> {
  const pods = await livePods(cluster, settings.namespace, instance);
  return Promise.all(uses.map((use) => one(cluster, settings.namespace, use, pods)));
}

async function one(
  cluster: Cluster,
  namespace: string,
  use: ImageUse,
  pods: readonly Pod[],
): Promise<Present> {
  const held = use.stream === undefined ? undefined : await heldTag(cluster, namespace, use.stream);
  return { use, running: runningOf(use, pods), ...(held !== undefined && { held }) };
}

/**
 * The one digest that is to run now.
 * @throws Error when that cannot be said.
 */
export function presentDigest({ use, running, held }: Present): string {
  const [first, ...others] = running;
  const digest = held?.history[0]?.digest ?? first?.digest ?? use.reference.split("@")[1];
  if (held === undefined && others.length > 0) {
    throw new Error(`${use.use} is being rolled out: wait, or name a digest`);
  }
  if (digest !== undefined) return digest;
  throw new Error(
    first === undefined
      ? `nothing runs ${use.use}: name a digest or a tag`
      : `no node says which ${first.image} it runs: name a digest or a tag`,
  );
}
