import { setTimeout } from "node:timers/promises";

import { findInstance, type Found } from "../../instances/find";
import { untilInterrupted } from "../../instances/interrupt";
import { rolloutsIn, rolloutText } from "../../instances/workloads";
import type { ProjectPaths } from "../../paths";
import { progress } from "../../report";

/** Milliseconds between two looks. */
const LOOK_MS = 3_000;

/**
 * Tells what changes about an instance until somebody interrupts, or it is gone. It deploys nothing: a new commit is
 * deployed by another `deploy`, which shows here as well.
 *
 * @returns 0, also when interrupted: there is no other way to end it.
 */
export async function watch(paths: ProjectPaths, name: string): Promise<number> {
  const found = await findInstance(paths, name);
  progress(`watching ${name}; interrupt to stop`);
  await untilInterrupted(async (signal) => {
    for (let told = ""; ;) {
      const now = await stateOf(found, name);
      if (now !== told) progress(now);
      told = now;
      if (now === gone(name)) return;
      await setTimeout(LOOK_MS, undefined, { signal });
    }
  }).catch((error: unknown) => {
    if (!String(error).includes("interrupted by")) throw error;
  });
  return 0;
}

async function stateOf({ cluster, control }: Found, name: string): Promise<string> {
  try {
    const instance = await control.instance(name);
    if (instance === undefined) return gone(name);
    const { record, work } = instance;
    if (record === undefined) return `${name} is being made`;
    const rollouts = await rolloutsIn(cluster, record.namespace);
    const waiting = rollouts.filter(({ done }) => !done).map(rolloutText);
    const by = work === undefined || work.expired ? "" : `, ${work.holder} works on it`;
    return `${record.state}${by}; ${waiting.join("; ") || "everything is ready"}`;
  } catch (error) {
    return `cannot be asked: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function gone(name: string): string {
  return `${name} is gone`;
}
