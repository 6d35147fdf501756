import type { Cluster } from "../../cluster";
import type { Control, Held, HoldOptions } from "../leases/api";
import type { Holder } from "../record";
import { scaleToZero } from "./scale";

/** An instance that is put to sleep or woken. */
export interface Sleeper {
  readonly name: string;
  readonly cluster: Cluster;
  readonly control: Control;
  /** Those that its name and settings give. */
  readonly namespaces: readonly string[];
  readonly holder: Holder;
  readonly hold: HoldOptions;
  /** Called with its lease in hand before anything is done; what it throws ends it. */
  readonly before?: (held: Held) => Promise<void>;
}

/**
 * Puts an instance to sleep: no pod of it runs, its data stays, and others may have its place.
 *
 * @throws Taken, or Error when it is not running, or the cluster refuses.
 */
export async function putToSleep({
  name,
  cluster,
  control,
  namespaces,
  holder,
  hold,
  before,
}: Sleeper): Promise<void> {
  await control.hold(name, holder, hold, async (held) => {
    const state = held.record?.state;
    if (state !== "live" && state !== "asleep")
      throw new Error(`${name} is ${state ?? "not known"}: only what is live can be put to sleep`);
    await before?.(held);
    for (const namespace of namespaces) {
      held.signal.throwIfAborted();
      await scaleToZero(cluster, namespace);
    }
    await held.update((record) => {
      if (record === undefined) throw new Error(`${name} is gone meanwhile`);
      return { ...record, state: "asleep" };
    });
    await held.giveUpPlace();
  });
}
