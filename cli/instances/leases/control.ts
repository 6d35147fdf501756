import { hostname } from "node:os";

import type { Cluster } from "../../cluster";
import { type InstanceRecord, RECORD_ANNOTATION } from "../record";
import { acquire } from "./acquire";
import { admit } from "./admission";
import type { Control, Held, Known, Timing } from "./api";
import { Claims } from "./claims";
import { type Clock, machineClock, pauseAbout } from "./clock";
import { Expiry } from "./expiry";
import type { Holding } from "./holding";
import { takeIdentity } from "./identity";
import { annotated, leaseName } from "./lease";
import { isOf, recordIn, type Snapshot, snapshotOf } from "./snapshot";
import { Store } from "./store";
import { working } from "./working";

const TIMING: Timing = { duration: 60_000, renewEvery: 15_000, askEvery: 2_000 };

/** How the leases are worked with; all of it has a default. */
export interface ControlOptions {
  readonly timing?: Timing;
  readonly clock?: Clock;
  /** This machine's name. */
  readonly host?: string;
}

/** Opens the leases of the test instances that run on a cluster. Nothing is asked or made yet. */
export function openControl(
  cluster: Cluster,
  { timing = TIMING, clock = machineClock, host = hostname() }: ControlOptions = {},
): Control {
  const store = new Store(cluster, clock, Math.min(5_000, timing.duration / 6));
  const expiry = new Expiry(clock);
  const look = async (over: "expired" | "gone"): Promise<Snapshot> => {
    const { leases } = await store.list();
    return snapshotOf(leases, expiry, store.now(), over);
  };
  const claims = new Claims(store, () => look("gone"));

  const forget = async (holding: Holding): Promise<void> => {
    await claims.giveBack(holding, ["identity", "place"]);
    await holding.remove();
  };

  const heldOf = (holding: Holding, signal: AbortSignal): Held => ({
    name: holding.name,
    signal,
    abandoned: holding.abandoned,
    get record() {
      return recordIn(holding.current).record;
    },
    now: () => store.now(),
    update: async (change) => {
      const lease = await holding.write((now) =>
        annotated(now, { [RECORD_ANNOTATION]: JSON.stringify(change(recordIn(now).record)) }),
      );
      return JSON.parse(lease.metadata.annotations?.[RECORD_ANNOTATION] ?? "") as InstanceRecord;
    },
    admit: (options) => admit(claims, holding, options, timing.askEvery, signal),
    takeIdentity: (pool) => takeIdentity(claims, holding, pool),
    giveUpPlace: () => claims.giveBack(holding, ["place"]),
    forget: () => forget(holding),
  });

  return {
    known: async (): Promise<Known> => {
      const { instances, identities, now } = await look("expired");
      return { instances, identities, now };
    },
    instance: async (name) => (await look("expired")).instances.find((instance) => instance.name === name),
    hold: async (name, holder, options, work) => {
      const holding = await acquire({ store, expiry, timing, host }, name, holder, options);
      return working(holding, options, (signal) => work(heldOf(holding, signal)), forget);
    },
    amend: async (name, change) => {
      for (;;) {
        const lease = await store.get(leaseName("instance", name));
        if (lease === undefined) return undefined;
        const { record } = recordIn(lease);
        if (record === undefined) return undefined;
        const next = change(record);
        if (await store.replace(annotated(lease, { [RECORD_ANNOTATION]: JSON.stringify(next) }))) return next;
        await pauseAbout(clock, timing.askEvery / 10);
      }
    },
    leftOf: async (name) => {
      const { leases } = await store.list();
      return leases.filter((lease) => isOf(lease, name)).map(({ metadata }) => metadata.name);
    },
  };
}
