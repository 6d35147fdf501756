import type { Work } from "./api";
import type { Clock } from "./clock";
import { type Lease, timeOf } from "./lease";

/**
 * What is added to a lease's duration before its holder counts as gone, in milliseconds: the cluster's clock is known
 * to the second, to whoever renews and to whoever looks.
 */
const SLACK_MS = 2_000;

/** For how long a lease counts that does not say so, in milliseconds. */
const USUAL_MS = 60_000;

/**
 * For which part of its duration whoever comes watches a lease that has ended by the cluster's clock. That clock may
 * just have been set forward: a holder who lives renews it within a quarter, and a request's time.
 */
const WATCHED = 2 / 5;

/** Who works with a lease, and whether that is over for certain. */
export interface JudgedWork extends Work {
  /**
   * The lease has ended, and that has been watched for so long that nobody can be at work with it whatever the
   * clocks say: it may be taken. `expired` is what the cluster's clock says at once.
   */
  readonly gone: boolean;
}

interface Sight {
  readonly mark: string;
  /** When this was first seen, and when it was last, by the steady clock. */
  readonly first: number;
  last: number;
  /** How old the renewal was when it was first seen. */
  readonly age: number;
}

/** Tells whose holder is gone, by what the leases say and by how long they have not changed. */
export class Expiry {
  readonly #seen = new Map<string, Sight>();

  constructor(private readonly clock: Clock) {}

  /**
   * Who works with this lease; undefined when nobody does.
   *
   * @param now - The cluster's clock.
   */
  workOf(lease: Lease, now: number): JudgedWork | undefined {
    const { holderIdentity, acquireTime, renewTime, leaseDurationSeconds } = lease.spec ?? {};
    if (holderIdentity === undefined) return undefined;
    const duration = leaseDurationSeconds === undefined ? USUAL_MS : leaseDurationSeconds * 1000;
    const most = duration + SLACK_MS;
    const age = now - timeOf(renewTime);
    const { first, age: before } = this.#look(
      lease.metadata.name,
      `${holderIdentity} ${renewTime ?? ""}`,
      age,
    );
    // Where the cluster's clock has been set back, or says nothing, only waiting beside the lease tells.
    const watched = this.clock.steady() - first;
    return {
      holder: holderName(holderIdentity),
      since: known(timeOf(acquireTime), now),
      until: known(timeOf(renewTime), now) + duration,
      expired: age > most || watched > most,
      gone: watched > most || (before + watched > most && watched > duration * WATCHED),
    };
  }

  #look(name: string, mark: string, age: number): Sight {
    const now = this.clock.steady();
    const seen = this.#seen.get(name);
    if (seen?.mark === mark) {
      seen.last = now;
      return seen;
    }
    // Whoever saw what was there before knows that the renewal came since.
    const sight = {
      mark,
      first: now,
      last: now,
      age: Math.min(age, seen === undefined ? Infinity : now - seen.last),
    };
    this.#seen.set(name, sight);
    return sight;
  }
}

function known(time: number, otherwise: number): number {
  return Number.isNaN(time) ? otherwise : time;
}

/** Somebody's name, with what tells this run of theirs from all others. */
export function holderIdentity(name: string, run: string): string {
  return `${name} ${run}`;
}

/** The name in it. */
export function holderName(identity: string): string {
  return identity.replace(/ [0-9a-f]{16}$/, "");
}
