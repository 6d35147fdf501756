import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { MemoryWatch } from "./memory";
import { workedSeconds } from "./processor";
import { processesWith } from "./process-tree";

/** What one run took. */
export interface Sample {
  readonly seconds: number;
  /** The most memory that the command and all it started held together. */
  readonly memoryMiB?: number;
  /** How long the machine's processors worked meanwhile, together: the control plane's work is in it. */
  readonly processorSeconds?: number;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to this process's own; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Exit codes that are no failure. @default [0] */
  readonly allowed?: readonly number[];
}

/** A command failed, with the last of what it said. */
export class CommandFailed extends Error {}

/** Marks everything that the benchmark starts, so that it can be ended whatever happens. */
const MARK_NAME = "PACKIT_STACKS_BENCH";
const mark = randomBytes(8).toString("hex");

let interrupted = false;

const SHOWN_LINES = 25;

/** What of a user's own environment would change what is measured. */
const FORGOTTEN = [
  "GITHUB_TOKEN",
  "KUBECONFIG",
  "LOCAL",
  "MAKEFLAGS",
  "MAKELEVEL",
  "MFLAGS",
  "PULUMI_BACKEND_URL",
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "SKIP_PREVIEW",
  "STACK",
  "YES",
];

/** Runs a command to its end and gives its standard output. @throws CommandFailed */
export async function run(command: Command): Promise<string> {
  const { done } = start(command);
  return await done;
}

/** Runs commands at once and measures them together. @throws CommandFailed */
export async function measure(...commands: readonly Command[]): Promise<Sample> {
  const stop = stopwatch();
  const started = commands.map(start);
  const watch = new MemoryWatch(() => started.map(({ pid }) => pid));
  await Promise.all(started.map(({ done }) => done)).finally(() => {
    watch.stop();
  });
  return { ...stop(), memoryMiB: watch.peakMiB };
}

/** Measures a piece of work, but not its memory. */
export async function time(work: () => Promise<unknown>): Promise<Sample> {
  const stop = stopwatch();
  await work();
  return stop();
}

function stopwatch(): () => Sample {
  const [begun, worked] = [performance.now(), workedSeconds()];
  return () => ({
    seconds: (performance.now() - begun) / 1000,
    processorSeconds: workedSeconds() - worked,
  });
}

function start({ file, args, cwd, env, allowed = [0] }: Command): {
  readonly pid: number;
  readonly done: Promise<string>;
} {
  if (interrupted) throw new CommandFailed("interrupted");
  const forgotten = Object.fromEntries(FORGOTTEN.map((name) => [name, undefined]));
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...forgotten, ...env, [MARK_NAME]: mark },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let all = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    all += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    all += text;
  });
  const done = new Promise<string>((resolve, reject) => {
    child.once("error", reject).once("close", (code, signal) => {
      if (code !== null && allowed.includes(code)) {
        resolve(output);
        return;
      }
      if (interrupted) {
        reject(new CommandFailed("interrupted"));
        return;
      }
      const tail = all.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
      const how = code === null ? `was ended by ${signal ?? "a signal"}` : `failed with exit code ${code}`;
      reject(new CommandFailed(`${[file, ...args].join(" ").slice(0, 200)} ${how}:\n${tail}`));
    });
  });
  return { pid: child.pid ?? 0, done };
}

/** Ends what runs, and has every further command fail: the caller then cleans up as after any failure. */
export async function interrupt(): Promise<void> {
  interrupted = true;
  await endAll();
}

/** Ends everything that commands have started and that still runs. */
export async function endAll(): Promise<void> {
  for (let left = marked(); left.length > 0; left = marked()) {
    for (const pid of left) kill(pid);
    await sleep(50);
  }
}

function marked(): number[] {
  return processesWith(`${MARK_NAME}=${mark}`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone meanwhile.
  }
}
