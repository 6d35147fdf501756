/** A program that resalloc runs by a shell. */
export interface PoolCommand {
  /** Program, by absolute path, and its arguments. */
  readonly argv: readonly [string, ...string[]];
  /**
   * Seconds after which it is told to stop. resalloc itself waits for a day or for ever: for one that hangs, a slot
   * of the pool stays blocked, or the checks of every pool.
   */
  readonly timeout: number;
}

/**
 * Seconds that a command gets to clean up before it is killed: to terminate a machine that it has just started, it
 * calls AWS once.
 */
export const CLEANUP_SECONDS = 60;

/** The command for resalloc's shell. */
export function commandLine({ argv, timeout }: PoolCommand): string {
  const limit = ["/usr/bin/timeout", `--kill-after=${CLEANUP_SECONDS}`, String(timeout)];
  return [...limit, ...argv].map(quote).join(" ");
}

/** Whatever the word holds, a POSIX shell reads it as one. */
function quote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
