/** As it is installed for mapping each frame to its TypeScript source. */
type Format = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Functions of the SDK that take the stack at each of thousands of calls: for telling where a promise leaked, and for
 * the source positions in the state, which nobody reads here.
 */
const TAKERS: readonly string[] = ["debuggablePromise", "callsites"];

/** Formats no stack for them: mapping its frames costs more than all else that such a call does. */
export function spareStacks(holder: { prepareStackTrace?: Format } = Error): void {
  const format = holder.prepareStackTrace?.bind(holder);
  if (format === undefined) return;
  holder.prepareStackTrace = (error, frames) =>
    TAKERS.includes(frames[0]?.getFunctionName() ?? "") ? "" : format(error, frames);
}
