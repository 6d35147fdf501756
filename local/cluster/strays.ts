import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { basename } from "node:path";

import { identify, type ProcessIdentity } from "../../tools/process/identity";
import { type ProgramName, programNames } from "./programs";

/** A process of the control plane that no record names. */
export interface Stray extends ProcessIdentity {
  readonly name: ProgramName;
}

/**
 * Finds the processes that run in the folder `run` though no record names them, as when the folder was removed
 * under them. Only where there is a `/proc`; elsewhere the record is all there is.
 */
export function findStrays(run: string): readonly Stray[] {
  const real = existsSync(run) ? realpathSync(run) : run;
  return pids().flatMap((pid) => {
    try {
      const folder = readlinkSync(`/proc/${pid}/cwd`);
      if (folder !== real && folder !== `${real} (deleted)`) {
        return [];
      }
      const identity = identify(pid);
      const name = nameOf(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0"));
      return identity === undefined || name === undefined ? [] : [{ ...identity, name }];
    } catch {
      // Ended meanwhile, or another user's.
      return [];
    }
  });
}

/** Which program a command line is; a person's shell that happens to be in the folder is none. */
export function nameOf(commandLine: readonly string[]): ProgramName | undefined {
  const words = commandLine.slice(0, 3).map((word) => basename(word, ".js"));
  return programNames.find((name) => words.includes(name));
}

function pids(): readonly number[] {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  } catch {
    return [];
  }
}
