import { existsSync } from "node:fs";

import { isRunning } from "../../tools/process/identity";
import { withLock } from "../../tools/process/lock";
import { clusterPaths, type ClusterPaths } from "./paths";
import { terminate } from "./processes";
import type { ProgramName } from "./programs";
import { readRecord, writeRecord } from "./record";
import { findStrays, type Stray } from "./strays";

/**
 * What ends first, and the milliseconds it is given before SIGKILL. The API server waits up to a minute for its
 * clients, so they go before it, and the data store goes last. Together they stay below 15 s.
 */
const order: readonly { readonly names: readonly ProgramName[]; readonly patienceMs: number }[] = [
  {
    names: ["kwok", "kube-scheduler", "kube-controller-manager", "openshift-stand-in"],
    patienceMs: 3_000,
  },
  { names: ["kube-apiserver"], patienceMs: 3_000 },
  { names: ["etcd"], patienceMs: 3_000 },
];

/**
 * Stops the control plane in `dir`, keeping its data. Gives the number of processes that ran.
 * @throws ClusterError when a process cannot be ended
 */
export async function stopCluster(dir: string): Promise<number> {
  const paths = clusterPaths(dir);
  if (!existsSync(dir)) {
    // Removed under processes that may still run, or never there.
    return await stopPrograms(paths);
  }
  return await withLock(paths.lock, () => stopPrograms(paths), { waitMs: 30_000 });
}

/** The same without the lock, for those that hold it. */
export async function stopPrograms(paths: ClusterPaths): Promise<number> {
  const record = readRecord(paths);
  const recorded = record.programs.filter(isRunning);
  const strays = findStrays(paths.run).filter(({ pid }) => recorded.every((program) => program.pid !== pid));
  const all: readonly Stray[] = [...recorded, ...strays];
  for (const { names, patienceMs } of order) {
    await terminate(
      all.filter(({ name }) => names.includes(name)),
      patienceMs,
    );
  }
  if (record.programs.length > 0) {
    writeRecord(paths, { ...record, programs: [] });
  }
  return all.length;
}
