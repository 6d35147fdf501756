import type { AdmitOptions } from "../leases/api";
import type { InstanceRecord } from "../record";
import { untilReady } from "../workloads";
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
  const { name, cluster, control, namespaces, holder, hold, admit, onProgress } = waking;
  return control.hold(name, holder, hold, async (held) => {
    const state = held.record?.state;
    if (state !== "live" && state !== "asleep")
      throw new Error(`${name} is ${state ?? "not known"}: packit-stacks deploy puts it right`);
    await held.admit(admit);
    for (const namespace of namespaces) await scaleBack(cluster, namespace);
    const waiting = { name, patience: PATIENCE_MS, onWait: onProgress, signal: held.signal };
    for (const namespace of namespaces) await untilReady(cluster, namespace, waiting);
    return held.update((record) => {
      if (record === undefined) throw new Error(`${name} is gone meanwhile`);
      return { ...record, state: "live", usedAt: new Date(held.now()).toISOString() };
    });
  });
}
