import { readdirSync, readFileSync } from "node:fs";

/** A process and the one that started it. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** Takes a process out of a line of `/proc/<pid>/stat`, whose second field may hold spaces and brackets. */
export function parseStat(stat: string): Process {
  const [, parent = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { pid: Number.parseInt(stat, 10), parent: Number(parent) };
}

/** The roots that are still there, and everything that they have started. */
export function treeOf(roots: readonly number[], processes: readonly Process[]): number[] {
  const found = processes.filter(({ pid }) => roots.includes(pid));
  // The list grows while it is walked.
  for (const { pid } of found) found.push(...processes.filter(({ parent }) => parent === pid));
  return [...new Set(found.map(({ pid }) => pid))];
}

/** Kibibytes of the field `Pss` of `/proc/<pid>/smaps_rollup`: memory shared by n processes counts one n-th in each. */
export function parsePss(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
}

/** All processes of this machine. */
export function listProcesses(): Process[] {
  return pids().flatMap((pid) => ifThere(() => [parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"))]) ?? []);
}

/** Kibibytes that a process holds, with what it shares with others; 0 when it has ended. A quick question. */
export function residentOf(pid: number): number {
  const PAGE_KIB = 4;
  const pages = ifThere(() => readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return Number(pages ?? 0) * PAGE_KIB;
}

/** Kibibytes that a process holds, its share of what it shares with others; 0 when it has ended. A slow question. */
export function proportionalOf(pid: number): number {
  return parsePss(ifThere(() => readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? "");
}

/** Processes whose environment holds `entry`, such as `NAME=value`. */
export function processesWith(entry: string): number[] {
  return pids().filter((pid) =>
    ifThere(() => readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(entry)),
  );
}

function pids(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid));
}

/** `undefined` when the process has ended meanwhile, or is another user's. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
