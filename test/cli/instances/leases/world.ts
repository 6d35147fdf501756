import { setImmediate as afterPromises } from "node:timers/promises";

import type { Cluster, Method } from "../../../../cli/cluster";
import type { Control, Timing } from "../../../../cli/instances/leases/api";
import type { Clock } from "../../../../cli/instances/leases/clock";
import { openControl } from "../../../../cli/instances/leases/control";
import { FakeLeases, type StoredLease } from "./fake-leases";

/** The real times: a simulation has all the time it needs. */
export const TIMING: Timing = { duration: 60_000, renewEvery: 15_000, askEvery: 2_000 };

/** When everything begins, by the cluster's clock. */
export const START = Date.UTC(2026, 0, 1);

/** Longer than anything here takes, in milliseconds. */
const DAY_MS = 86_400_000;

/** Which faults happen: how often of a hundred requests one is lost on its way, or its answer. */
export interface Faults {
  readonly lost: number;
  /** The longest that a request or an answer is on its way, in milliseconds. */
  readonly latency: number;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** One API server and many machines in a time of their own, in which every order of events can happen. */
export class World {
  /** The cluster's clock. */
  now = START;
  /** By how much that clock has been set wrong. */
  setBy = 0;
  readonly api: FakeLeases;
  #events: Event[] = [];
  #order = 0;
  #random: number;

  constructor(
    seed: number,
    public faults: Faults = { lost: 0, latency: 50 },
    onWrite?: (next: StoredLease, before: StoredLease | undefined) => void,
  ) {
    this.#random = seed;
    this.api = new FakeLeases(() => this.now + this.setBy, onWrite);
  }

  /** Between 0 and 1, the same for the same seed. */
  random(): number {
    this.#random = (Math.imul(this.#random ^ (this.#random >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(this.#random ^ (this.#random >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  }

  at(inMs: number, run: () => void): void {
    this.#events.push({ at: this.now + inMs, order: (this.#order += 1), run });
  }

  /** Lets time pass until the promise is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { settled: false };
    const settle = (): void => {
      state.settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await afterPromises();
      if (state.settled) return promise;
      const next = this.#next();
      if (next === undefined) throw new Error("nothing happens any more");
      if (next.at > START + DAY_MS) throw new Error("it does not come to an end");
      this.now = next.at;
      next.run();
    }
  }

  /** Lets some time pass. */
  pass(ms: number): Promise<void> {
    const passed = new Promise<void>((resolve) => {
      this.at(ms, resolve);
    });
    return this.until(passed);
  }

  machine(name: string): Machine {
    return new Machine(this, name);
  }

  #next(): Event | undefined {
    const first = this.#events.reduce<Event | undefined>(
      (best, event) =>
        best === undefined || event.at < best.at || (event.at === best.at && event.order < best.order)
          ? event
          : best,
      undefined,
    );
    this.#events = this.#events.filter((event) => event !== first);
    return first;
  }
}

/** One run of the command on some machine. */
export class Machine {
  /** Its process has been killed: nothing of it goes on. */
  killed = false;
  /** It does not reach the API server. */
  cutOff = false;
  /** The next answer to a request of this kind does not reach it. */
  missesAnswerTo: Method | undefined;
  /** By how much its wall clock is wrong. */
  wallBy = 0;
  /** What happens when it wakes; absent: it is awake. */
  #sleeping: (() => void)[] | undefined;
  /** For how long it has been suspended by now. */
  #slept = 0;
  readonly clock: Clock;
  readonly control: Control;

  constructor(
    private readonly world: World,
    readonly name: string,
  ) {
    const began = world.now;
    this.clock = {
      steady: () => world.now - began - this.#slept,
      wall: () => world.now + this.wallBy,
      random: () => world.random(),
      pause: (ms, signal) => this.#pause(ms, signal),
    };
    const cluster: Cluster = { server: "https://api", ask: (...call) => this.#ask(...call) };
    this.control = openControl(cluster, { timing: TIMING, clock: this.clock, host: name });
  }

  #pause(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener("abort", wake);
        if (!this.killed) resolve();
      };
      if (signal?.aborted === true) wake();
      signal?.addEventListener("abort", wake, { once: true });
      this.#after(ms, wake);
    });
  }

  /** Whether it is suspended: nothing of it goes on, and its timers stand still. */
  get suspended(): boolean {
    return this.#sleeping !== undefined;
  }

  /** Suspends it for a while. */
  suspend(ms: number, onWake: () => void): void {
    this.#sleeping = [];
    this.world.at(ms, () => {
      const due = this.#sleeping ?? [];
      this.#sleeping = undefined;
      this.#slept += ms;
      onWake();
      due.forEach((run) => {
        run();
      });
    });
  }

  /** Does something after some time of its own. */
  #after(ms: number, run: () => void): void {
    const slept = this.#slept;
    const due = this.world.now + ms;
    this.world.at(ms, () => {
      this.#awake(() => {
        const rest = due + this.#slept - slept - this.world.now;
        if (rest > 0) this.#after(rest, run);
        else run();
      });
    });
  }

  /** Does something at once, or when it wakes. */
  #awake(run: () => void): void {
    if (this.#sleeping === undefined) run();
    else this.#sleeping.push(run);
  }

  #ask(...[method, path, body, patience = 5000]: Parameters<Cluster["ask"]>): ReturnType<Cluster["ask"]> {
    const { world } = this;
    const sent = body === undefined ? undefined : structuredClone(body);
    const isLost = (): boolean => this.cutOff || world.random() * 100 < world.faults.lost;
    const way = (): number => 1 + world.random() * world.faults.latency;
    return new Promise((resolve, reject) => {
      this.#after(patience, () => {
        if (!this.killed) reject(new Error(`no answer within ${patience / 1000} s`));
      });
      if (isLost() || this.killed) return;
      world.at(way(), () => {
        const answer = world.api.answer(method, path, sent);
        if (isLost()) return;
        if (this.missesAnswerTo === method) {
          this.missesAnswerTo = undefined;
          return;
        }
        world.at(way(), () => {
          this.#awake(() => {
            if (!this.killed) resolve(answer);
          });
        });
      });
    });
  }
}
