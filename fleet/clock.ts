import { setTimeout as sleep } from "node:timers/promises";

/** Time, which tests make pass faster. */
export interface Clock {
  now(): Date;
  /** Waits so many seconds. */
  sleep(seconds: number): Promise<void>;
}

/** The machine's own. */
export const SYSTEM_CLOCK: Clock = {
  now: () => new Date(),
  sleep: async (seconds) => {
    await sleep(seconds * 1000);
  },
};
