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
import { installedPrograms } from "./installation";
import { clusterPaths, type ClusterPaths } from "./paths";
import { choosePort } from "./ports";
import { commandOf, lastLines, launch } from "./processes";
import {
  admissionConfiguration,
  admissionFile,
  authorityFile,
  type Installation,
  type Program,
  type ProgramName,
  programs,
} from "./programs";
import { type ClusterRecord, type ProgramRecord, readRecord, writeRecord } from "./record";
import { stopPrograms } from "./stop";

/** From the first process to the last check, in milliseconds. It takes two seconds on a quiet machine. */
const startTimeoutMs = 90_000;

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
  const { port, programs: recorded } = readRecord(paths);
  if (port === undefined || !existsSync(paths.kubeconfig)) {
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

/** One try to bring the programs up; it notices when one of them dies. */
class Launch {
  readonly #deadline = Date.now() + startTimeoutMs;
  #record: ClusterRecord = { programs: [] };

  constructor(
    private readonly paths: ClusterPaths,
    private readonly installation: Installation,
  ) {}

  /** Starts data store and API server and waits until they serve. Gives the port. */
  async serve(preferred: number | undefined): Promise<number> {
    const port = await choosePort(preferred);
    this.#record = { port, programs: [] };
    this.launchAll(port, ["etcd", "kube-apiserver"]);
    try {
      await this.guard(this.#serving(port), "kube-apiserver");
      return port;
    } catch (error) {
      // Somebody took the port between the choice and the listening.
      if (!lastLines(this.paths, "kube-apiserver", 40).includes("address already in use")) {
        throw error;
      }
      await stopPrograms(this.paths);
      return await this.serve(undefined);
    }
  }

  launchAll(port: number, names: readonly ProgramName[]): void {
    for (const program of programs(this.paths, this.installation, port)) {
      if (names.includes(program.name)) {
        const started = launch(this.paths, program);
        this.#record = { port, programs: [...this.#record.programs, started] };
        // At once, so that an interrupted start can be cleaned up.
        writeRecord(this.paths, this.#record);
      }
    }
  }

  /** Waits for `work`, but not longer than all programs live nor than the time allowed. */
  async guard(work: Promise<void>, what: string): Promise<void> {
    let done = false;
    const settled = work.finally(() => {
      done = true;
    });
    await Promise.race([settled, this.#watch(() => done, what)]);
  }

  async #watch(isDone: () => boolean, what: string): Promise<void> {
    while (!isDone()) {
      const dead = this.#record.programs.find((program) => !isRunning(program));
      if (dead !== undefined) {
        throw this.#failure(`${dead.name} ended during the start`, dead);
      }
      if (Date.now() > this.#deadline) {
        const last = this.#record.programs.at(-1);
        throw this.#failure(`${what} not ready after ${startTimeoutMs / 1000} s`, last);
      }
      await sleep(25);
    }
  }

  #failure(what: string, { name }: Pick<ProgramRecord, "name"> = { name: "kube-apiserver" }): ClusterError {
    const log = join(this.paths.logs, `${name}.log`);
    return new ClusterError(`${what}. Last lines of ${log}:\n${lastLines(this.paths, name)}`);
  }

  async #serving(port: number): Promise<void> {
    const token = readToken(this.paths.run);
    for (;;) {
      const api = this.#clientOf(port, token);
      try {
        if (api !== undefined && (await isReady(api, lateChecks))) {
          return;
        }
      } finally {
        api?.close();
      }
      await sleep(25);
      if (Date.now() > this.#deadline) {
        return;
      }
    }
  }

  /** `undefined` as long as the API server has not written its certificate. */
  #clientOf(port: number, token: string): ApiClient | undefined {
    try {
      const certificateAuthority = readCertificateAuthority(this.paths.run);
      return new ApiClient({ server: `https://127.0.0.1:${port}`, token, certificateAuthority });
    } catch {
      return undefined;
    }
  }
}

/**
 * What the API server checks last, a second after it serves: controllers need not wait for it, since the
 * administrator's rights do not come from a role.
 */
const lateChecks = ["rbac/bootstrap-roles", "scheduling/bootstrap-system-priority-classes"];

async function isReady(api: ApiClient, exceptFor: readonly string[] = []): Promise<boolean> {
  const query = exceptFor.map((check) => `exclude=poststarthook/${check}`).join("&");
  try {
    await api.text({ method: "GET", path: `/readyz?${query}`, timeoutMs: 5_000 });
    return true;
  } catch {
    return false;
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
