import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process that is told apart from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own notation. Only good for comparing. */
  readonly startedAt: string;
}

/** Reads who runs under `pid`. A zombie counts as gone. `undefined` when nobody does. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = existsSync("/proc/self/stat") ? startFromProc(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether the process that was recorded still runs: same pid *and* same start, so a stale record is harmless. */
export function isRunning(recorded: ProcessIdentity): boolean {
  return identify(recorded.pid)?.startedAt === recorded.startedAt;
}

function startFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  const fields = parseProcStat(stat);
  // Ticks count from boot, so they say nothing across boots.
  return fields.state === "Z" ? undefined : `${bootId()}:${fields.startTicks}`;
}

/** Takes state and start time out of a line of `/proc/<pid>/stat`, whose second field may hold spaces and brackets. */
export function parseProcStat(stat: string): { readonly state: string; readonly startTicks: string } {
  const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: afterName[0] ?? "", startTicks: afterName[19] ?? "" };
}

let knownBootId: string | undefined;

function bootId(): string {
  knownBootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return knownBootId;
}

function startFromPs(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return line === "" || line.startsWith("Z") ? undefined : line.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}
