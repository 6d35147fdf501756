import { createInterface } from "node:readline";

import { execa } from "execa";

import { LeaseLost } from "./instances/leases/errors";
import { forgetRun, noteRun, RUN_VARIABLE } from "./interrupted";
import { leash } from "./leash";
import type { Session } from "./session";

/** How long an engine that was told to stop may take to end in order, in milliseconds. */
const GRACE_MS = 60_000;

/** The same when the instance's lease is lost: it must be gone before the next one may begin. */
const LOST_GRACE_MS = 15_000;

/**
 * Runs `pulumi` and reads what it prints. It has a process group of its own: a terminal's interrupt would reach it
 * beside ours, and on the second one it drops everything.
 *
 * @param onLine - Told each line.
 * @param signal - Has it end in order, and kills it when it does not.
 * @returns the exit code; undefined when it was killed.
 */
export async function followPulumi(
  { paths, stack, environment }: Session,
  [command, ...options]: readonly string[],
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<number | undefined> {
  signal.throwIfAborted();
  const mark = noteRun(paths, stack.name);
  const engine = execa("pulumi", [command ?? "", "--stack", stack.name, "--color", "never", ...options], {
    cwd: paths.root,
    env: { ...environment, [RUN_VARIABLE]: mark },
    stdin: "ignore",
    all: true,
    buffer: false,
    detached: true,
    reject: false,
  });
  const unleash = engine.pid === undefined ? undefined : leash(engine.pid);
  const lines = createInterface({ input: engine.all });
  lines.on("line", onLine);
  let killing: NodeJS.Timeout | undefined;
  const stop = (): void => {
    engine.kill("SIGINT");
    const grace = signal.reason instanceof LeaseLost ? LOST_GRACE_MS : GRACE_MS;
    killing = setTimeout(() => engine.kill("SIGKILL"), grace);
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    const { exitCode, signal: killed } = await engine;
    // A killed engine leaves its host and plugins behind: the note stays for the next run to find them.
    if (killed === undefined) forgetRun(paths, stack.name);
    return exitCode;
  } finally {
    unleash?.();
    clearTimeout(killing);
    signal.removeEventListener("abort", stop);
  }
}
