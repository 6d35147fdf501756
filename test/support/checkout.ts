import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";

import { stopCluster } from "../../local/cluster";

/** What a program and its settings consist of; `node_modules` and built bundles are shared. */
const COPIED = ["Pulumi.yaml", "package.json", "tsconfig.json", "components", "policy", "stacks"];
const SETTINGS = ["Pulumi.dev.yaml", "Pulumi.stg.yaml", "Pulumi.prod.yaml"];

/** What a command printed and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for messages that may come on either. */
  readonly output: string;
}

/** A checkout of its own: its own stacks, state and control plane, apart from the user's. */
export class Checkout {
  private constructor(readonly root: string) {}

  static make(): Checkout {
    const project = resolve(__dirname, "..", "..");
    const root = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    for (const name of [...COPIED, ...SETTINGS])
      cpSync(join(project, name), join(root, name), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
    mkdirSync(join(root, ".local"));
    for (const name of ["build", "pulumi-home", "toolchain.json"]) {
      symlinkSync(join(project, ".local", name), join(root, ".local", name));
    }
    return new Checkout(root);
  }

  /** Kubeconfig of its control plane. */
  get kubeconfig(): string {
    return join(this.root, ".local", "cluster", "kubeconfig");
  }

  /** Runs what `make` runs, for example `stacks("up", "dev-pr-614")`. */
  stacks(...args: readonly string[]): Promise<Outcome> {
    return this.run("node", [join(this.root, ".local", "build", "packit-stacks.js"), ...args]);
  }

  /** Runs a program in the checkout. */
  async run(
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Outcome> {
    const result = await execa(file, args, {
      cwd: this.root,
      env: { LOCAL: undefined, YES: undefined, PULUMI_BACKEND_URL: undefined, ...env },
      stdin: "ignore",
      reject: false,
      all: true,
    });
    return {
      code: result.exitCode ?? 128,
      stdout: result.stdout,
      stderr: result.stderr,
      output: result.all,
    };
  }

  /** Asks the API server, for example `kubectl("get", "pods", "-A")`. @throws Error with its message. */
  async kubectl(...args: readonly string[]): Promise<string> {
    const environment = await this.stacks("env");
    const outcome = await this.run("bash", [
      "-c",
      'eval "$1"; shift; exec kubectl "$@"',
      "bash",
      environment.stdout,
      "--kubeconfig",
      this.kubeconfig,
      ...args,
    ]);
    if (outcome.code !== 0) throw new Error(outcome.stderr);
    return outcome.stdout;
  }

  /** Stops its control plane and removes it. */
  async close(): Promise<void> {
    if (existsSync(join(this.root, ".local", "cluster")))
      await stopCluster(join(this.root, ".local", "cluster"));
    rmSync(this.root, { recursive: true, force: true });
  }
}
