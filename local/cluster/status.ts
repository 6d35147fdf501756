import { readFileSync } from "node:fs";

import { isRunning } from "../../tools/process/identity";
import { addressFrom, ApiClient } from "./api";
import { clusterPaths } from "./paths";
import { type ProgramName, programNames } from "./programs";
import { readRecord } from "./record";

/** How one process of the control plane fares. */
export interface ProgramStatus {
  readonly name: ProgramName;
  readonly running: boolean;
  /** The last known one when it does not run, absent when it was never started. */
  readonly pid?: number;
  /** Resident memory in MiB; absent where the system does not tell. */
  readonly memoryMiB?: number;
}

/** How a control plane fares. */
export interface ClusterStatus {
  /** `degraded`: some processes run, or the API server does not answer. */
  readonly state: "running" | "degraded" | "stopped";
  readonly kubeconfig: string;
  readonly server?: string;
  readonly kubernetesVersion?: string;
  readonly programs: readonly ProgramStatus[];
}

/** Looks at the processes and asks the API server; changes nothing. */
export async function clusterStatus(dir: string): Promise<ClusterStatus> {
  const paths = clusterPaths(dir);
  const { programs } = readRecord(paths);
  const states = programNames.map((name): ProgramStatus => {
    const record = programs.find((program) => program.name === name);
    if (record === undefined) {
      return { name, running: false };
    }
    const running = isRunning(record);
    const memoryMiB = running ? residentMiB(record.pid) : undefined;
    return { name, running, pid: record.pid, ...(memoryMiB === undefined ? {} : { memoryMiB }) };
  });
  const base = { kubeconfig: paths.kubeconfig, programs: states };
  if (states.every(({ running }) => !running)) {
    return { ...base, state: "stopped" };
  }
  const answer = await askVersion(paths.kubeconfig);
  const complete = answer !== undefined && states.every(({ running }) => running);
  return { ...base, ...answer, state: complete ? "running" : "degraded" };
}

async function askVersion(
  kubeconfig: string,
): Promise<Pick<Required<ClusterStatus>, "server" | "kubernetesVersion"> | undefined> {
  let api: ApiClient | undefined;
  try {
    const address = addressFrom(kubeconfig);
    api = new ApiClient(address);
    const { gitVersion } = await api.get<{ gitVersion: string }>("/version");
    return { server: address.server, kubernetesVersion: gitVersion };
  } catch {
    return undefined;
  } finally {
    api?.close();
  }
}

function residentMiB(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
