import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { lockFiles } from "./lock-files";
import type { ProjectPaths } from "./paths";

/** Marks every process of one run, so that what a killed engine leaves behind can be told from all else. */
export const RUN_VARIABLE = "PACKIT_STACKS_RUN";

/**
 * Clears what a killed run of this stack left on this machine: its language host and plugins, and its lock. A lock
 * of another host or of a living process stays, and the engine then says who holds it.
 *
 * @returns what was done, a line each.
 */
export function clearInterrupted(paths: ProjectPaths, stack: string): string[] {
  return [...endOrphans(paths, stack), ...clearLocks(paths, stack)];
}

/** How long an engine that was told to stop may take to end in order, in milliseconds. */
const GRACE_MS = 60_000;

/**
 * Stops the engine of a run whose command was killed: it goes on by itself, and holds the stack's lock. One whose
 * command lives is left alone.
 *
 * @returns what was done, a line each.
 */
export async function endEngines(paths: ProjectPaths, stack: string): Promise<string[]> {
  const file = runFile(paths, stack);
  if (!existsSync(file)) return [];
  const mark = readFileSync(file, "utf8");
  if (isAlive(Number(mark.slice(mark.lastIndexOf(":") + 1)))) return [];
  const engines = markedProcesses(mark).filter(({ name }) => name === "pulumi");
  for (const { pid } of engines) end(pid, "SIGINT");
  const until = performance.now() + GRACE_MS;
  while (engines.some(({ pid }) => isAlive(pid)) && performance.now() < until) await setTimeout(200);
  for (const { pid } of engines) end(pid);
  return engines.map(({ pid }) => `stopped the engine of a run that was killed (process ${pid})`);
}

/** Notes a run before it starts. @returns its mark, the value of {@link RUN_VARIABLE}. */
export function noteRun(paths: ProjectPaths, stack: string): string {
  mkdirSync(paths.runs, { recursive: true });
  const mark = `${paths.root}:${stack}:${process.pid}`;
  writeFileSync(runFile(paths, stack), mark);
  return mark;
}

export function forgetRun(paths: ProjectPaths, stack: string): void {
  rmSync(runFile(paths, stack), { force: true });
}

function runFile(paths: ProjectPaths, stack: string): string {
  return join(paths.runs, stack);
}

/** Ends the processes of a run whose engine is gone. */
function endOrphans(paths: ProjectPaths, stack: string): string[] {
  const file = runFile(paths, stack);
  if (!existsSync(file)) return [];
  const mark = readFileSync(file, "utf8");
  const left = markedProcesses(mark);
  if (left.some(({ name }) => name === "pulumi")) return [];
  for (const { pid } of left) end(pid);
  rmSync(file, { force: true });
  return left.length === 0 ? [] : [`ended ${left.length} processes that an interrupted run left behind`];
}

function markedProcesses(mark: string): { pid: number; name: string }[] {
  const wanted = `${RUN_VARIABLE}=${mark}`;
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((entry) => {
      try {
        const environ = readFileSync(`/proc/${entry}/environ`, "utf8").split("\0");
        if (!environ.includes(wanted)) return [];
        return [{ pid: Number(entry), name: readFileSync(`/proc/${entry}/comm`, "utf8").trim() }];
      } catch {
        // Gone meanwhile, or another user's.
        return [];
      }
    });
}

function end(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
}

function clearLocks(paths: ProjectPaths, stack: string): string[] {
  return lockFiles(paths.state, stack).flatMap(({ path, lock }) => {
    if (lock.host !== hostname() || isAlive(lock.pid)) return [];
    rmSync(path, { force: true });
    return [`cleared the lock of a run that is gone (process ${lock.pid})`];
  });
}

/** Whether there is such a process on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
