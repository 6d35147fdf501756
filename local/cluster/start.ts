import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { stringify } from "yaml";

import { isRunning } from "../../tools/process/identity";
import { withLock } from "../../tools/process/lock";
import { addressFrom, ApiClient } from "./api";
import { bootstrap } from "./bootstrap";
import { ensureCredentials, kubeconfigFor, readCertificateAuthority, readToken } from "./credentials";
import { ClusterError, reasonOf } from "./error";
import { makePrivateFolder, writePrivately } from "./files";
import { installationFingerprint, installedPrograms } from "./installation";
import { isReady, Launch, startTimeoutMs } from "./launch";
import { freeNode } from "./node-lease";
import { clusterPaths, type ClusterPaths } from "./paths";
import { commandOf } from "./processes";
import {
  admissionConfiguration,
  admissionFile,
  authorityFile,
  type Installation,
  type Program,
  programs,
} from "./programs";
import { readRecord } from "./record";
import { stopPrograms } from "./stop";

/** A control plane that answers. */
export interface RunningCluster {
  /** Path of a kubeconfig with its token; readable by its owner alone. */
  readonly kubeconfig: string;
  readonly port: number;
  /** `false` when it ran already. */
  readonly started: boolean;
}

export interface StartOptions {
  /** @default what `make setup` has recorded */
  readonly installation?: Installation;
  /** Told what is being done, one line at a time. */
  readonly onProgress?: (line: string) => void;
}

/**
 * Starts the control plane whose files are in `dir`, or finds it running. Of two that start it at the same
 * moment one does, and the other waits for it.
 * @throws ClusterError with the failing program's last lines; nothing is left running then
 */
export async function startCluster(dir: string, options: StartOptions = {}): Promise<RunningCluster> {
  const paths = clusterPaths(dir);
  const installation = options.installation ?? installedPrograms();
  const running = await findRunning(paths, installation);
  if (running !== undefined) {
    return running;
  }
  makeFolders(paths);
  const onWait = (): void => options.onProgress?.("another start is at work: waiting for it");
  return await withLock(
    paths.lock,
    async () => (await findRunning(paths, installation)) ?? (await start(paths, installation, options)),
    { waitMs: startTimeoutMs + 15_000, onWait },
  );
}

/** All programs run, they are the ones that are installed now, and the API server answers. */
async function findRunning(
  paths: ClusterPaths,
  installation: Installation,
): Promise<RunningCluster | undefined> {
  const { port, programs: recorded, installation: startedWith } = readRecord(paths);
  if (
    port === undefined ||
    !existsSync(paths.kubeconfig) ||
    startedWith !== installationFingerprint(installation)
  ) {
    return undefined;
  }
  const runs = (program: Program): boolean =>
    recorded.some((record) => String(record.command) === String(commandOf(program)) && isRunning(record));
  if (!programs(paths, installation, port).every(runs)) {
    return undefined;
  }
  const api = new ApiClient(addressFrom(paths.kubeconfig));
  try {
    return (await isReady(api)) ? { kubeconfig: paths.kubeconfig, port, started: false } : undefined;
  } finally {
    api.close();
  }
}

async function start(
  paths: ClusterPaths,
  installation: Installation,
  { onProgress }: StartOptions,
): Promise<RunningCluster> {
  const before = readRecord(paths);
  await stopPrograms(paths);
  ensureCredentials(paths.run);
  writePrivately(join(paths.run, admissionFile), stringify(admissionConfiguration));
  const run = new Launch(paths, installation);
  let api: ApiClient | undefined;
  try {
    onProgress?.("starting etcd and kube-apiserver");
    const port = await run.serve(before.port);
    const authority = readCertificateAuthority(paths.run);
    writePrivately(join(paths.run, authorityFile), authority);
    writePrivately(paths.kubeconfig, kubeconfigFor(port, readToken(paths.run), authority));
    api = new ApiClient(addressFrom(paths.kubeconfig));
    await freeNode(api);
    onProgress?.("starting controllers, scheduler and kwok");
    run.launchAll(port, ["kube-controller-manager", "kube-scheduler", "kwok", "openshift-stand-in"]);
    await run.guard(finish(api, installation), "the control plane");
    return { kubeconfig: paths.kubeconfig, port, started: true };
  } catch (error) {
    await stopPrograms(paths);
    throw error instanceof ClusterError ? error : new ClusterError(reasonOf(error));
  } finally {
    api?.close();
  }
}

async function finish(api: ApiClient, { definitions }: Installation): Promise<void> {
  await bootstrap(api, definitions);
  while (!(await isReady(api))) {
    await sleep(25);
  }
}

function makeFolders(paths: ClusterPaths): void {
  try {
    for (const folder of [paths.dir, paths.run, paths.logs, paths.data]) {
      makePrivateFolder(folder);
      // It may have been there before, open to others.
      chmodSync(folder, 0o700);
    }
  } catch (error) {
    throw new ClusterError(`the local control plane cannot keep its files: ${reasonOf(error)}`);
  }
}
