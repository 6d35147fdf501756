import { setTimeout as later } from "node:timers/promises";

/** This machine's time. Its wall clock may jump, and nothing is judged by it. */
export interface Clock {
  /** Milliseconds that only ever grow, at one pace; how long the machine was suspended is not in them. */
  steady(): number;
  /** Milliseconds since 1970, as this machine believes. */
  wall(): number;
  /** Returns after some milliseconds, or as soon as the signal is aborted. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
}

/** The machine's own clock. */
export const machineClock: Clock = {
  steady: () => performance.now(),
  wall: () => Date.now(),
  random: () => Math.random(),
  pause: async (ms, signal) => {
    try {
      await later(ms, undefined, signal && { signal });
    } catch {
      // Aborted: whoever paused looks at the signal.
    }
  },
};

/** A pause of about as long as told, so that many who wait do not ask all at once. */
export async function pauseAbout(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  await clock.pause(ms * (0.5 + clock.random()), signal);
}
