import { setTimeout } from "node:timers/promises";

import type { AdmitOptions } from "../leases/api";
import type { InstanceRecord } from "../record";
import { rolloutsIn, rolloutText } from "../workloads";
import { scaleBack } from "./scale";
import type { Sleeper } from "./sleep";

/** How long pods may take to be ready, in milliseconds. */
const PATIENCE_MS = 300_000;

/** How an instance is woken. */
export interface Waking extends Sleeper {
  readonly admit: AdmitOptions;
  /** Told what is waited for. */
  readonly onProgress: (line: string) => void;
}

/**
 * Wakes an instance, once there is room for it, and waits until its pods are ready.
 *
 * @returns its record.
 * @throws Taken, NoRoom, or Error when it is neither asleep nor live, or its pods do not get ready.
 */
export async function wakeUp(waking: Waking): Promise<InstanceRecord> {
  const { name, cluster, control, namespaces, holder, hold, admit } = waking;
  return control.hold(name, holder, hold, async (held) => {
    const state = held.record?.state;
    if (state !== "live" && state !== "asleep")
      throw new Error(`${name} is ${state ?? "not known"}: packit-stacks deploy puts it right`);
    await held.admit(admit);
    for (const namespace of namespaces) await scaleBack(cluster, namespace);
    for (const namespace of namespaces) await untilReady(waking, namespace, held.signal);
    return held.update((record) => {
      if (record === undefined) throw new Error(`${name} is gone meanwhile`);
      return { ...record, state: "live", usedAt: new Date(held.now()).toISOString() };
    });
  });
}

async function untilReady(
  { name, cluster, onProgress }: Waking,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let told = ""; ;) {
    const waiting = (await rolloutsIn(cluster, namespace)).filter(({ done }) => !done).map(rolloutText);
    if (waiting.length === 0) return;
    if (performance.now() > until)
      throw new Error(
        `${name} does not get ready: ${waiting.join("; ")}. kubectl describe pods -n ${namespace} says why`,
      );
    if (waiting.join() !== told) onProgress(waiting.join("; "));
    told = waiting.join();
    await setTimeout(500, undefined, { signal });
  }
}
