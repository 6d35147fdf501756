import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { identify, isRunning, type ProcessIdentity } from "../../tools/process/identity";
import { ClusterError } from "./error";
import type { ClusterPaths } from "./paths";
import type { Program, ProgramName } from "./programs";
import type { ProgramRecord } from "./record";

/** The log file of a program. */
export function logPath(paths: ClusterPaths, name: ProgramName): string {
  return join(paths.logs, `${name}.log`);
}

/** Starts a program that outlives this process, with its output in a file. */
export function launch(paths: ClusterPaths, program: Program): ProgramRecord {
  const log = openLog(logPath(paths, program.name));
  try {
    const child = spawn(program.command, program.args, {
      cwd: paths.run,
      detached: true,
      stdio: ["ignore", log, log],
      env: { PATH: process.env.PATH ?? "/usr/bin:/bin", HOME: paths.run },
    });
    // The error arrives later, as an event; without a listener it would end this process.
    child.once("error", () => undefined);
    if (child.pid === undefined) {
      throw new ClusterError(`${program.name} does not start: ${program.command} cannot be run`);
    }
    const identity = identify(child.pid);
    child.unref();
    if (identity === undefined) {
      throw new ClusterError(`${program.name} ended at once:\n${lastLines(paths, program.name)}`);
    }
    return { name: program.name, ...identity, command: commandOf(program) };
  } finally {
    closeSync(log);
  }
}

/** The command line as it is recorded. */
export function commandOf(program: Program): readonly string[] {
  return [program.command, ...program.args];
}

/** Asks the processes to end, all at the same time, and ends those that have not done so after `patienceMs`. */
export async function terminate(processes: readonly ProcessIdentity[], patienceMs: number): Promise<void> {
  const ended = async (withinMs: number): Promise<boolean> => {
    const deadline = Date.now() + withinMs;
    while (processes.some(isRunning)) {
      if (Date.now() > deadline) {
        return false;
      }
      await sleep(20);
    }
    return true;
  };
  signal(processes, "SIGTERM");
  if (await ended(patienceMs)) {
    return;
  }
  signal(processes, "SIGKILL");
  if (!(await ended(2_000))) {
    const pids = processes.filter(isRunning).map(({ pid }) => pid);
    throw new ClusterError(`process ${pids.join(", ")} does not end, not even on SIGKILL`);
  }
}

/** The last lines of a program's log, for the message when it fails. */
export function lastLines(paths: ClusterPaths, name: ProgramName, count = 12): string {
  try {
    return readFileSync(logPath(paths, name), "utf8").trimEnd().split("\n").slice(-count).join("\n");
  } catch {
    return "(no log)";
  }
}

function signal(processes: readonly ProcessIdentity[], name: NodeJS.Signals): void {
  for (const target of processes.filter(isRunning)) {
    try {
      process.kill(target.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
        throw error;
      }
    }
  }
}

/** Each run has its own log; the one before it stays as `.old`. */
function openLog(path: string): number {
  if (existsSync(path)) {
    renameSync(path, `${path}.old`);
  }
  return openSync(path, "w", 0o600);
}
