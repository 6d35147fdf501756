import { setTimeout as sleep } from "node:timers/promises";

import { isRunning } from "../../tools/process/identity";
import { ApiClient } from "./api";
import { readCertificateAuthority, readToken } from "./credentials";
import { ClusterError } from "./error";
import { installationFingerprint } from "./installation";
import type { ClusterPaths } from "./paths";
import { choosePort, loopback } from "./ports";
import { lastLines, launch, logPath } from "./processes";
import { type Installation, type ProgramName, programs } from "./programs";
import { type ClusterRecord, type ProgramRecord, writeRecord } from "./record";
import { stopPrograms } from "./stop";

/** From the first process to the last check, in milliseconds. It takes two seconds on a quiet machine. */
export const startTimeoutMs = 90_000;

/** One try to bring the programs up; it notices when one of them dies. */
export class Launch {
  readonly #deadline = Date.now() + startTimeoutMs;
  #record: ClusterRecord = { programs: [] };

  constructor(
    private readonly paths: ClusterPaths,
    private readonly installation: Installation,
  ) {}

  /** Starts data store and API server and waits until they serve. Gives the port. */
  async serve(preferred: number | undefined): Promise<number> {
    const port = await choosePort(preferred);
    this.#record = { port, installation: installationFingerprint(this.installation), programs: [] };
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
        this.#record = { ...this.#record, programs: [...this.#record.programs, started] };
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
      if (dead !== undefined && !this.#isImpatient(dead)) {
        throw this.#failure(`${dead.name} ended during the start`, dead);
      }
      if (dead !== undefined) {
        this.#launchAgain(dead);
      }
      if (Date.now() > this.#deadline) {
        const last = this.#record.programs.at(-1);
        throw this.#failure(`${what} not ready after ${startTimeoutMs / 1000} s`, last);
      }
      await sleep(25);
    }
  }

  /** On a busy machine the API server's last check may take longer than the controllers wait: ten seconds. */
  #isImpatient({ name }: ProgramRecord): boolean {
    return lastLines(this.paths, name).includes("failed to wait for apiserver being healthy");
  }

  #launchAgain(dead: ProgramRecord): void {
    const { port = 0, programs: all } = this.#record;
    this.#record = { ...this.#record, programs: all.filter((program) => program !== dead) };
    this.launchAll(port, [dead.name]);
  }

  #failure(what: string, { name }: Pick<ProgramRecord, "name"> = { name: "kube-apiserver" }): ClusterError {
    const log = logPath(this.paths, name);
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
      return new ApiClient({ server: `https://${loopback}:${port}`, token, certificateAuthority });
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

/** Whether the API server says that its checks pass, except for those named. */
export async function isReady(api: ApiClient, exceptFor: readonly string[] = []): Promise<boolean> {
  const query = exceptFor.map((check) => `exclude=poststarthook/${check}`).join("&");
  try {
    await api.text({ method: "GET", path: `/readyz?${query}`, timeoutMs: 5_000 });
    return true;
  } catch {
    return false;
  }
}
