/** Signals by which somebody or something has a command stop. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does some work that stops in order when the command is told to: its signal is aborted, and it is waited for.
 *
 * @throws Error that says which signal it was, unless the work ends well all the same.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const heard = (signal: NodeJS.Signals): void => {
    stop.abort(new Error(`interrupted by ${signal}`));
  };
  SIGNALS.forEach((signal) => process.on(signal, heard));
  try {
    return await work(stop.signal);
  } catch (error) {
    // What was stopped says that it was, not why.
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    SIGNALS.forEach((signal) => process.off(signal, heard));
  }
}
