import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** UID and GID that programs get when the tests run as root, as they would in a pod. */
const NOBODY = 65534;

/** Time in milliseconds that a program has to become ready, or to end. */
const PATIENCE_MS = 15_000;

/** Time in milliseconds after which a program that should end by itself is killed. */
const RUN_MS = 120_000;

/** A program that runs until it is stopped. */
export interface Running {
  readonly process: ChildProcess;
  /** What it has written so far. */
  output(): string;
  /** Asks it to end, and kills it when it does not. */
  stop(): Promise<void>;
}

/** What a program that has ended said. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A folder, and programs without privileges that run in it. */
export class Sandbox {
  readonly folder: string;
  readonly #running: Running[] = [];
  #logs = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    this.#handOver(this.folder);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file that only the programs can read. */
  write(name: string, content: string): string {
    const path = this.path(name);
    writeFileSync(path, content);
    chmodSync(path, 0o600);
    this.#handOver(path);
    return path;
  }

  /** Runs a program to its end. */
  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ended {
    const { log, file } = this.#openLog();
    const result = spawnSync(command, args, {
      ...this.#options(env),
      stdio: ["ignore", file, file],
      timeout: RUN_MS,
      killSignal: "SIGKILL",
    });
    closeSync(file);
    if (result.error) throw result.error;
    return { status: result.status, output: readFileSync(log, "utf8") };
  }

  /** Starts a program and waits until `ready` is true of it. @throws Error with its output when that fails. */
  async start(
    command: string,
    args: readonly string[],
    ready: () => Promise<boolean> | boolean,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Running> {
    const { log, file } = this.#openLog();
    const child = spawn(command, args, { ...this.#options(env), stdio: ["ignore", file, file] });
    closeSync(file);
    const ended = new Promise<void>((resolve) => {
      child.once("exit", () => {
        resolve();
      });
      child.once("error", () => {
        resolve();
      });
    });
    const running: Running = {
      process: child,
      output: () => readFileSync(log, "utf8"),
      stop: async () => {
        if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
        await Promise.race([ended, sleep(PATIENCE_MS, undefined, { ref: false })]);
        if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
        await ended;
      },
    };
    this.#running.push(running);
    await waitFor(
      async () => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
          throw new Error(`${command} did not start:\n${running.output()}`);
        }
        return await ready();
      },
      () => `${command} is not ready:\n${running.output()}`,
    );
    return running;
  }

  /** Stops all that runs and removes the folder. */
  async close(): Promise<void> {
    for (const running of this.#running.reverse()) await running.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #options(env: NodeJS.ProcessEnv = {}): { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
    const identity = isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
    return { cwd: this.folder, env: { PATH: process.env.PATH ?? "", ...env }, ...identity };
  }

  /** A file and not a pipe: some programs open /dev/stdout again, which a socket does not allow. */
  #openLog(): { log: string; file: number } {
    const log = this.path(`${this.#logs++}.log`);
    const file = openSync(log, "w");
    this.#handOver(log);
    return { log, file };
  }

  #handOver(path: string): void {
    if (isRoot()) chownSync(path, NOBODY, NOBODY);
  }
}

/** Gives the tests of a `describe` a sandbox, and closes it after them. */
export function sandbox(): () => Sandbox {
  let current: Sandbox | undefined;
  before(() => {
    current = new Sandbox();
  });
  after(async () => {
    await current?.close();
  });
  return () => {
    if (current === undefined) throw new Error("the sandbox is there for tests and hooks only");
    return current;
  };
}

/** Waits until `check` is true. @throws Error with `complaint` when it takes longer than `patience` milliseconds. */
export async function waitFor(
  check: () => Promise<boolean> | boolean,
  complaint: () => string,
  patience = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(complaint());
    await sleep(20);
  }
}

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
