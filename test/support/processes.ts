import { readdirSync, readFileSync } from "node:fs";
import { setInterval } from "node:timers";

/** How often the processes are looked at, in milliseconds. */
const EVERY_MS = 20;

/**
 * Collects the command lines that every user of the machine can read while something runs.
 *
 * @returns what the work gave, and each command line that was seen once.
 */
export async function watchingCommandLines<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly commandLines: ReadonlySet<string> }> {
  const commandLines = new Set<string>();
  const timer = setInterval(() => {
    for (const line of currentCommandLines()) commandLines.add(line);
  }, EVERY_MS);
  try {
    return { result: await work(), commandLines };
  } finally {
    clearInterval(timer);
  }
}

function currentCommandLines(): readonly string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        return [readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch {
        // Gone meanwhile.
        return [];
      }
    });
}
