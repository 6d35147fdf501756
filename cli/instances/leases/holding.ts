import { RECORD_ANNOTATION } from "../record";
import { LeaseLost } from "./errors";
import type { Timing } from "./api";
import { abandonedIn, ended } from "./abandoned";
import { pauseAbout } from "./clock";
import { holderName } from "./expiry";
import { annotated, type Lease, released, renewed } from "./lease";
import { QUEUED_ANNOTATION } from "./snapshot";
import { Away, type Store } from "./store";

/** Which part of a lease's duration its holder lets pass without a renewal before it stops by itself. */
const GIVE_UP = 2 / 3;

/** How long the lease is tried to be released, in milliseconds. It ends by itself otherwise. */
const RELEASE_MS = 10_000;

/** One instance's lease in our hand: renews it, and says when it is lost. */
export class Holding {
  readonly #controller = new AbortController();
  #lost: LeaseLost | undefined;
  #trouble = "";
  #tail: Promise<unknown> = Promise.resolve();
  #gone = false;

  /**
   * @param renewedAt - Before the lease was written, by the steady clock.
   * @param apart - By how much the wall clock was ahead of that then: the machine may have slept since.
   */
  constructor(
    private readonly store: Store,
    private readonly timing: Timing,
    readonly name: string,
    private lease: Lease,
    private renewedAt: number,
    private apart: number,
  ) {
    this.abandoned = abandonedIn(lease);
  }

  /** What others have left unfinished. */
  readonly abandoned;

  /** Aborted when the lease is lost. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get lost(): LeaseLost | undefined {
    return this.#lost;
  }

  get current(): Lease {
    return this.lease;
  }

  /** Whether the instance has a lease and nothing else. */
  get hasNoRecord(): boolean {
    return !this.#gone && this.lease.metadata.annotations?.[RECORD_ANNOTATION] === undefined;
  }

  /**
   * Changes the lease and so renews it. Called again with a newer one when somebody else has changed it.
   *
   * @throws LeaseLost
   */
  write(change: (lease: Lease) => Lease): Promise<Lease> {
    return this.#inTurn(() => this.#attempt((lease) => renewed(change(lease), this.store.now())));
  }

  /**
   * Does what may have to wait until the API server is back, or be tried again.
   *
   * @param step - `undefined`: somebody else was faster.
   * @throws LeaseLost
   */
  async insist<T>(step: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      if (this.#lost !== undefined) throw this.#lost;
      try {
        const result = await step();
        if (result !== undefined) return result;
      } catch (error) {
        if (!(error instanceof Away)) throw error;
        this.#trouble = error.message;
      }
      await pauseAbout(this.store.clock, this.#soon, this.signal);
    }
  }

  /** Renews the lease until told to stop. */
  async keep(stop: AbortSignal): Promise<void> {
    const { clock } = this.store;
    const { duration, renewEvery } = this.timing;
    let renewing: Promise<void> | undefined;
    let woke = false;
    for (;;) {
      await clock.pause(Math.min(1000, renewEvery / 4), stop);
      if (stop.aborted || this.#gone || this.#lost !== undefined) break;
      const away = clock.steady() - this.renewedAt;
      // A machine that wakes has lost time that its steady clock does not know of, and its wall clock may be set anew.
      woke ||= Math.abs(clock.wall() - clock.steady() - this.apart) > renewEvery;
      this.apart = clock.wall() - clock.steady();
      if (away > duration * GIVE_UP) {
        this.#lose(`its lease could not be renewed for ${Math.round(away / 1000)} s (${this.#trouble})`);
      } else if (renewing === undefined && (woke || away >= renewEvery)) {
        // What was on its way when it fell asleep says nothing of what has happened since.
        woke = false;
        renewing = this.write((lease) => lease)
          .then(
            () => undefined,
            (error: unknown) => {
              this.#trouble = error instanceof Error ? error.message : String(error);
            },
          )
          .finally(() => (renewing = undefined));
      }
    }
    await renewing;
  }

  /** Deletes the lease. @throws LeaseLost */
  remove(): Promise<void> {
    return this.#inTurn(async () => {
      await this.insist(async () => {
        if (await this.store.remove(this.lease)) return true;
        await this.#refresh();
        return undefined;
      });
      this.#gone = true;
    });
  }

  /**
   * Lets others have the lease.
   *
   * @param well - Whether the work ended well, and with it all that was left unfinished before.
   */
  async release(well: boolean): Promise<void> {
    if (this.#gone || this.#lost !== undefined) return;
    const { clock } = this.store;
    const wall = clock.wall();
    const until = clock.steady() + RELEASE_MS;
    const change = (lease: Lease): Lease =>
      released(ended(annotated(lease, { [QUEUED_ANNOTATION]: undefined }), well, wall));
    await this.#inTurn(() =>
      this.#attempt(change, () => clock.steady() > until).catch((error: unknown) => {
        // Somebody has it already, or will when it expires.
        if (!(error instanceof LeaseLost)) throw error;
      }),
    );
  }

  async #attempt(change: (lease: Lease) => Lease, enough = () => false): Promise<Lease> {
    return this.insist(async () => {
      if (this.#gone) throw new Error(`${this.name} is gone already`);
      if (enough()) throw new LeaseLost(this.name, "its lease cannot be released");
      const began = this.store.clock.steady();
      const written = await this.store.replace(change(this.lease));
      if (written === undefined) {
        await this.#refresh();
        return undefined;
      }
      this.lease = written;
      this.renewedAt = began;
      return written;
    });
  }

  async #refresh(): Promise<void> {
    const mine = this.lease.spec?.holderIdentity;
    const now = await this.store.get(this.lease.metadata.name);
    if (now === undefined) throw this.#lose("its lease has been deleted");
    const theirs = now.spec?.holderIdentity;
    if (theirs === undefined) throw this.#lose("its lease has been released");
    if (theirs !== mine) throw this.#lose(`${holderName(theirs)} has taken over`);
    this.lease = now;
  }

  #lose(why: string): LeaseLost {
    this.#lost ??= new LeaseLost(this.name, why);
    this.#controller.abort(this.#lost);
    return this.#lost;
  }

  /** One change after the other: each needs the version that the one before has made. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(step, step);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** A short pause, in milliseconds. */
  get #soon(): number {
    return Math.min(500, this.timing.askEvery / 4);
  }
}
