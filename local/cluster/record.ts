import { readFileSync } from "node:fs";

import type { ProcessIdentity } from "../../tools/process/identity";
import { writePrivately } from "./files";
import type { ClusterPaths } from "./paths";
import type { ProgramName } from "./programs";

/** A process that was started, told apart from a later one with its pid. */
export interface ProgramRecord extends ProcessIdentity {
  readonly name: ProgramName;
  /** The command line; another one means that another version was installed meanwhile. */
  readonly command: readonly string[];
}

/** What `cluster.json` says about a control plane. It may be stale: look at the processes. */
export interface ClusterRecord {
  /** Port of the API server, the same at every start as long as it is free. */
  readonly port?: number;
  /** Fingerprint of the files that the programs were started with. */
  readonly installation?: string;
  readonly programs: readonly ProgramRecord[];
}

/** Reads the record; one that is missing or torn says nothing. */
export function readRecord(paths: ClusterPaths): ClusterRecord {
  try {
    return JSON.parse(readFileSync(paths.record, "utf8")) as ClusterRecord;
  } catch {
    return { programs: [] };
  }
}

export function writeRecord(paths: ClusterPaths, record: ClusterRecord): void {
  writePrivately(paths.record, `${JSON.stringify(record, undefined, 2)}\n`);
}
