import type { HoldOptions } from "./api";
import { LeaseLost } from "./errors";
import type { Holding } from "./holding";

/**
 * Works while the lease is renewed, and releases it at the end, however that comes. Work whose lease is lost is
 * waited for: its signal is aborted.
 *
 * @param forget - Deletes the lease with all that goes with it.
 * @throws LeaseLost when the lease was lost before the work had ended.
 */
export async function working<T>(
  holding: Holding,
  { signal }: HoldOptions,
  work: (signal: AbortSignal) => Promise<T>,
  forget: (holding: Holding) => Promise<void>,
): Promise<T> {
  const stop = new AbortController();
  const keeping = holding.keep(stop.signal);
  const aborted = signal === undefined ? holding.signal : AbortSignal.any([holding.signal, signal]);
  let well = false;
  try {
    const result = await work(aborted);
    if (holding.lost !== undefined) throw holding.lost;
    well = true;
    return result;
  } catch (error) {
    // What the work says when it is stopped is not why.
    throw holding.lost ?? error;
  } finally {
    // Of what has no record nothing has been made: nobody would look for it.
    if (holding.hasNoRecord) await forget(holding).catch(ifLost);
    await holding.release(well);
    stop.abort();
    await keeping;
  }
}

function ifLost(error: unknown): void {
  if (!(error instanceof LeaseLost)) throw error;
}
