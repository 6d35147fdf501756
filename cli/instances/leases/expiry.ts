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

/** Tells whose holder is gone, by what the leases say and by how long they have not changed. */
export class Expiry {
  readonly #seen = new Map<string, { readonly mark: string; readonly at: number }>();

  constructor(private readonly clock: Clock) {}

  /**
   * Who works with this lease; undefined when nobody does.
   *
   * @param now - The cluster's clock.
   */
  workOf(lease: Lease, now: number): Work | undefined {
    const { holderIdentity, acquireTime, renewTime, leaseDurationSeconds } = lease.spec ?? {};
    if (holderIdentity === undefined) return undefined;
    const duration = leaseDurationSeconds === undefined ? USUAL_MS : leaseDurationSeconds * 1000;
    const age = now - timeOf(renewTime);
    // Where the cluster's clock has been set back, or says nothing, only waiting beside the lease tells.
    const unchanged = this.#unchangedFor(lease.metadata.name, `${holderIdentity} ${renewTime ?? ""}`);
    return {
      holder: holderName(holderIdentity),
      since: known(timeOf(acquireTime), now),
      until: known(timeOf(renewTime), now) + duration,
      expired: age > duration + SLACK_MS || unchanged > duration + SLACK_MS,
    };
  }

  #unchangedFor(name: string, mark: string): number {
    const now = this.clock.steady();
    const seen = this.#seen.get(name);
    if (seen?.mark === mark) return now - seen.at;
    this.#seen.set(name, { mark, at: now });
    return 0;
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
