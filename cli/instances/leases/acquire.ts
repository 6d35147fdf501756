import { randomBytes } from "node:crypto";

import type { Holder } from "../record";
import { begun } from "./abandoned";
import type { HoldOptions, Timing } from "./api";
import { pauseAbout } from "./clock";
import { Taken } from "./errors";
import { type Expiry, holderIdentity } from "./expiry";
import { Holding } from "./holding";
import { acquired, annotated, labelled, type Lease, leaseName, newLease } from "./lease";
import { QUEUED_ANNOTATION } from "./snapshot";
import { Away, type Store } from "./store";

/** How long an API server that gives no answer is asked again before one has the lease, in milliseconds. */
const PATIENCE_MS = 10_000;

/** What taking a lease needs to know. */
export interface Taking {
  readonly store: Store;
  readonly expiry: Expiry;
  readonly timing: Timing;
  /** This machine's name. */
  readonly host: string;
}

/**
 * Takes an instance's lease: one that nobody has, whose holder is gone, or that is not there yet.
 *
 * @throws Taken without `wait` when somebody has it.
 * @throws Away when the API server does not answer.
 */
export async function acquire(
  { store, expiry, timing, host }: Taking,
  name: string,
  holder: Holder,
  { wait = false, onWait, signal }: HoldOptions,
): Promise<Holding> {
  const { clock } = store;
  const mine = holderIdentity(holder.name, randomBytes(8).toString("hex"));
  const take = (lease: Lease): Lease => {
    const free = annotated(lease, { [QUEUED_ANNOTATION]: undefined });
    return acquired(begun(free, host, clock.wall()), mine, store.now(), timing.duration);
  };
  let told: string | undefined;
  let answered = clock.steady();
  for (;;) {
    signal?.throwIfAborted();
    const began = clock.steady();
    const apart = clock.wall() - began;
    try {
      const lease = await store.get(leaseName("instance", name));
      answered = clock.steady();
      const has = lease?.spec?.holderIdentity;
      const work = lease && expiry.workOf(lease, store.now());
      if (lease !== undefined && has === mine) return new Holding(store, timing, name, lease, began, apart);
      if (work === undefined || work.gone) {
        const taken =
          lease === undefined
            ? await store.create(take(labelled(newLease("instance", name), name)))
            : await store.replace(take(lease));
        if (taken !== undefined) return new Holding(store, timing, name, taken, began, apart);
      } else {
        if (!wait && !work.expired) throw new Taken(name, work);
        const says = `${has ?? ""} ${work.expired}`;
        if (told !== says) onWait?.(work);
        told = says;
      }
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      if (clock.steady() - answered > PATIENCE_MS)
        throw new Away(`${error.message}: run the command again once it does`, { cause: error });
    }
    await pauseAbout(clock, timing.askEvery, signal);
  }
}
