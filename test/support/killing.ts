import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The engine's processes, and how each is found in the process table. */
export const ENGINE_PROCESSES = {
  engine: /^pulumi\0(?:up|preview|destroy)\0/,
  host: /pulumi-language-nodejs\0/,
  plugin: /pulumi-resource-kubernetes/,
} as const;

/** One of them. */
export type EngineProcess = keyof typeof ENGINE_PROCESSES;

/** How often one looks for a process that is to be killed, in milliseconds. */
const LOOK_MS = 20;

/**
 * Processes that have a variable in their environment, as all have that a marked one has started.
 *
 * @param variable - `NAME=` and how its value begins.
 * @param name - What their command line is like, with NUL between its words.
 */
export function processesWith(variable: string, name = /^/): readonly number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        const environ = readFileSync(join("/proc", entry, "environ"), "utf8").split("\0");
        if (!environ.some((one) => one.startsWith(variable))) return false;
        return name.test(readFileSync(join("/proc", entry, "cmdline"), "utf8"));
      } catch {
        return false;
      }
    })
    .map(Number);
}

/**
 * Kills processes after a while, as soon as there is one, unless the run has ended by then.
 *
 * @param victims - Finds them.
 * @returns whether any was killed.
 */
export async function killLater(
  run: Promise<unknown>,
  victims: () => readonly number[],
  milliseconds: number,
): Promise<boolean> {
  const hasEnded = async (wait: number): Promise<boolean> =>
    Promise.race([run.then(() => true), sleep(wait).then(() => false)]);
  for (let wait = milliseconds; !(await hasEnded(wait)); wait = LOOK_MS) {
    const pids = victims().filter(kill);
    if (pids.length > 0) return true;
  }
  return false;
}

/** @returns whether it was there. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    // Gone in the meantime.
    return false;
  }
}
