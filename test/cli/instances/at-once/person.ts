import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import type { Checkout } from "../../../support/checkout";

/** How a command ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command of somebody's that runs beside those of others. */
export class Running {
  readonly ended: Promise<End>;
  readonly #child: ChildProcess;
  #stderr = "";

  private constructor(checkout: Checkout, args: readonly string[]) {
    const program = join(checkout.root, ".local", "build", "packit-stacks.js");
    const child = spawn(process.execPath, [program, ...args], {
      cwd: checkout.root,
      env: { ...process.env, LOCAL: undefined, YES: undefined, PULUMI_BACKEND_URL: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      this.#stderr += part;
    });
    this.#child = child;
    const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
    this.ended = Promise.all([closed, text(child.stdout)]).then(([[code, signal], stdout]) => ({
      code,
      signal,
      stdout,
      stderr: this.#stderr,
    }));
  }

  /** Deploys a test instance of packit-service on dev, with images that are there already. */
  static deploys(checkout: Checkout, by: string, pull: number, ...args: readonly string[]): Running {
    return new Running(checkout, [
      ...["deploy", "--base=dev", `packit-service=${pull}`, `--by=person:${by}`, "--json"],
      ...["--only", "worker", ...images("1"), ...args],
    ]);
  }

  static does(checkout: Checkout, by: string, ...args: readonly string[]): Running {
    return new Running(checkout, [...args, `--by=person:${by}`]);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until it has said something on standard error. @throws Error with all it said when it ends without. */
  async says(what: RegExp): Promise<void> {
    const { stderr } = this.#child;
    while (!what.test(this.#stderr)) {
      const more = stderr === null ? undefined : once(stderr, "data");
      const end = await Promise.race([this.ended, more]);
      if (end !== undefined && !Array.isArray(end) && !what.test(end.stderr))
        throw new Error(`it ended with ${end.code ?? end.signal} and never said ${what}: ${end.stderr}`);
    }
  }
}

/** Options that name images, so that none has to be built. */
export function images(digit: string): readonly string[] {
  return ["service", "worker"].flatMap((image) => [
    "--image",
    `${image}=quay.io/packit/packit-${image}@sha256:${digit.repeat(64)}`,
  ]);
}
