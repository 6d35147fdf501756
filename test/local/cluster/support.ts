import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { addressFrom, ApiClient, ApiError, type KubernetesObject } from "../../../local/cluster/api";
import { clusterStatus, stopCluster } from "../../../local/cluster";

/** A container that the strictest namespaces take. */
export const container = {
  name: "worker",
  image: "packit-worker:dev",
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  resources: { requests: { cpu: "100m", memory: "1Gi", "ephemeral-storage": "1Gi" } },
};

/** A pod that they take. */
export const podSpec = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [container],
};

/**
 * A folder for a control plane of a test's own, beside the user's. Its name is longer than a socket's path may be,
 * as that of a clone may be.
 */
export function testFolder(): string {
  return mkdtempSync(join(tmpdir(), `packit-cluster-${"long".repeat(25)}-`));
}

/** Stops what runs in the folder and removes it. */
export async function cleanUp(folder: string): Promise<void> {
  await stopCluster(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** The administrator's client. */
export function clientOf(folder: string): ApiClient {
  return new ApiClient(addressFrom(join(folder, "kubeconfig")));
}

/** Pids of the control plane's processes. */
export async function pidsOf(folder: string): Promise<readonly number[]> {
  const { programs } = await clusterStatus(folder);
  return programs.flatMap(({ running, pid }) => (running && pid !== undefined ? [pid] : []));
}

/** Asks until the answer satisfies, and gives it. A missing object is asked for again. */
export async function eventually<T>(ask: () => Promise<T>, satisfies: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask().catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404 && Date.now() < deadline) {
        return undefined;
      }
      throw error;
    });
    if (answer !== undefined && satisfies(answer)) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited in vain; last answer: ${JSON.stringify(answer)}`);
    }
    await sleep(50);
  }
}

/** Waits until the object is gone. */
export async function untilGone(api: ApiClient, path: string): Promise<void> {
  await eventually(
    async () => {
      try {
        await api.get<KubernetesObject>(path);
        return false;
      } catch (error) {
        return error instanceof ApiError && error.status === 404;
      }
    },
    (gone) => gone,
  );
}

/** Local addresses that the processes listen on over TCP, as `/proc` shows them: `0100007F` is 127.0.0.1. */
export function listeningAddresses(pids: readonly number[]): readonly string[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === "0A" && inode !== undefined && sockets.has(inode))
      .map(([, local = ""]) => local.split(":")[0] ?? ""),
  );
}

function socketsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, name)))?.[1];
      return inode === undefined ? [] : [inode];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });
}
