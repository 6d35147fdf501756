import { setTimeout } from "node:timers/promises";

import * as z from "zod";

import type { Cluster } from "../cluster";

/** A Deployment or StatefulSet, and how many of its pods are ready. */
export interface Rollout {
  readonly name: string;
  readonly wanted: number;
  readonly ready: number;
  /** Whether all its pods are of the latest kind and ready. */
  readonly done: boolean;
}

const workload = z.object({
  metadata: z.object({ name: z.string(), generation: z.number().default(0) }),
  spec: z.object({ replicas: z.number().default(1) }),
  status: z
    .object({
      observedGeneration: z.number().default(0),
      readyReplicas: z.number().default(0),
      updatedReplicas: z.number().default(0),
    })
    .default({ observedGeneration: 0, readyReplicas: 0, updatedReplicas: 0 }),
});

const list = z.object({ items: z.array(workload) });

/**
 * The Deployments and StatefulSets of a namespace, by name.
 * @throws Error when the cluster does not say.
 */
export async function rolloutsIn(cluster: Cluster, namespace: string): Promise<readonly Rollout[]> {
  const kinds = await Promise.all(
    ["deployments", "statefulsets"].map(async (kind) => {
      const { status, body } = await cluster.ask("GET", `/apis/apps/v1/namespaces/${namespace}/${kind}`);
      if (status !== 200) throw new Error(`the ${kind} of ${namespace} cannot be looked at (HTTP ${status})`);
      return list.parse(body).items.map(rolloutOf);
    }),
  );
  return kinds.flat().sort((a, b) => a.name.localeCompare(b.name));
}

function rolloutOf({ metadata, spec: { replicas }, status }: z.infer<typeof workload>): Rollout {
  const { observedGeneration, readyReplicas, updatedReplicas } = status;
  const current = observedGeneration >= metadata.generation;
  return {
    name: metadata.name,
    wanted: replicas,
    ready: readyReplicas,
    done: current && updatedReplicas >= replicas && readyReplicas >= replicas,
  };
}

/** `packit-worker: 0 of 1 pods are ready`. */
export function rolloutText({ name, ready, wanted }: Rollout): string {
  return `${name}: ${ready} of ${wanted} pods are ready`;
}

/** How long one waits for pods, and who is told. */
export interface Waiting {
  /** Name of the instance. */
  readonly name: string;
  /** How long they may take, in milliseconds. */
  readonly patience: number;
  /** Told what is waited for, whenever that changes. */
  readonly onWait: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Waits until all pods of a namespace's workloads are ready.
 *
 * @returns how many workloads there are.
 * @throws Error with those that are not ready in time, and where to look.
 */
export async function untilReady(
  cluster: Cluster,
  namespace: string,
  { name, patience, onWait, signal }: Waiting,
): Promise<number> {
  const until = performance.now() + patience;
  for (let told = ""; ;) {
    const rollouts = await rolloutsIn(cluster, namespace);
    const waiting = rollouts.filter(({ done }) => !done).map(rolloutText);
    if (waiting.length === 0) return rollouts.length;
    if (performance.now() > until) {
      const why = `kubectl describe pods -n ${namespace}, and packit-stacks logs ${name}, say why`;
      throw new Error(["not everything is ready", ...waiting.map((line) => `  ${line}`), why].join("\n"));
    }
    if (waiting.join() !== told) onWait(waiting.join("; "));
    told = waiting.join();
    await setTimeout(1000, undefined, { signal });
  }
}
