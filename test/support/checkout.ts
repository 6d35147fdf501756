import assert from "node:assert/strict";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { stopCluster } from "../../local/cluster";
import { ENVIRONMENTS } from "./environments";

/** What a program and its settings consist of; `node_modules` and built bundles are shared. */
const COPIED = [
  "Pulumi.yaml",
  "package.json",
  "tsconfig.json",
  "components",
  "fleet",
  "jobs",
  "policy",
  "stacks",
  "tools",
];
const SETTINGS = [...ENVIRONMENTS, "copr-dev", "copr-stg"];

/** What a command printed and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for messages that may come on either. */
  readonly output: string;
}

/** An object as the API server holds it. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly generation?: number;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into objects of many kinds
  readonly [field: string]: any;
}

/** A checkout of its own: its own stacks, state and control plane, apart from the user's. */
export class Checkout {
  private constructor(
    readonly root: string,
    /** Variables that everything is run with. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static make(environment: Readonly<Record<string, string>> = {}): Checkout {
    const project = resolve(__dirname, "..", "..");
    const root = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    for (const name of [...COPIED, ...SETTINGS.map((stack) => `Pulumi.${stack}.yaml`)])
      cpSync(join(project, name), join(root, name), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
    mkdirSync(join(root, ".local"));
    for (const name of ["build", "pulumi-home", "toolchain.json"]) {
      symlinkSync(join(project, ".local", name), join(root, ".local", name));
    }
    return new Checkout(root, environment);
  }

  /** Kubeconfig of its control plane. */
  get kubeconfig(): string {
    return join(this.root, ".local", "cluster", "kubeconfig");
  }

  /** Runs what `make` runs, for example `stacks("up", "dev-pr-614")`. */
  stacks(...args: readonly string[]): Promise<Outcome> {
    return this.run("node", [this.program, ...args]);
  }

  /** The program behind `packit-stacks`. */
  get program(): string {
    return join(this.root, ".local", "build", "packit-stacks.js");
  }

  /** Adds settings to those of an environment. @param lines - As they stand in its file below `config:`. */
  addSettings(stack: string, ...lines: readonly string[]): void {
    appendFileSync(join(this.root, `Pulumi.${stack}.yaml`), lines.map((line) => `  ${line}\n`).join(""));
  }

  /** Runs a program in the checkout. */
  async run(
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Outcome> {
    // It has no CommonJS form, which is what a static import would ask for.
    const { execa } = await import("execa");
    const result = await execa(file, args, {
      cwd: this.root,
      env: { LOCAL: undefined, YES: undefined, PULUMI_BACKEND_URL: undefined, ...this.environment, ...env },
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

  /** Runs `pulumi` as somebody would who has typed `eval "$(make -s env)"`. */
  pulumi(...args: readonly string[]): Promise<Outcome> {
    return this.#withEnvironment("pulumi", args);
  }

  /** Runs `pulumi` on the copy of a shared environment that is for the local control plane. */
  async pulumiLocally(stack: string, ...args: readonly string[]): Promise<Outcome> {
    const { stdout } = await this.stacks("env", stack, "--local");
    return this.#evaluated(stdout, "pulumi", [...args, "--stack", stack]);
  }

  /** Asks the API server, for example `kubectl("get", "pods", "-A")`. @throws Error with its message. */
  async kubectl(...args: readonly string[]): Promise<string> {
    const outcome = await this.#withEnvironment("kubectl", args);
    if (outcome.code !== 0) throw new Error(outcome.stderr);
    return outcome.stdout;
  }

  /** Has the engine compare a stack with its program. @throws AssertionError when they differ */
  async assertUnchanged(stack: string): Promise<void> {
    const words = ["--stack", stack, "--expect-no-changes", "--non-interactive"];
    const { code, output } = await this.pulumi("preview", ...words);
    assert.equal(code, 0, output);
  }

  /** All objects of the kinds that a stack makes which carry its label, wherever they are. */
  async objectsOf(stack: string, kinds: string): Promise<LiveObject[]> {
    const label = `app.kubernetes.io/instance=${stack}`;
    const list = await this.kubectl("get", kinds, "--all-namespaces", "--selector", label, "--output=json");
    return (JSON.parse(list) as { items: LiveObject[] }).items;
  }

  /** The image of each workload of a stack, that of its first container. */
  async imagesOf(stack: string): Promise<Readonly<Record<string, string>>> {
    const workloads = await this.objectsOf(stack, "deployments,statefulsets");
    return Object.fromEntries(
      workloads.map(({ metadata, spec }) => [
        metadata.name,
        spec.template.spec.containers[0].image as string,
      ]),
    );
  }

  async #withEnvironment(program: string, args: readonly string[]): Promise<Outcome> {
    const { stdout } = await this.stacks("env");
    return this.#evaluated(stdout, program, args);
  }

  #evaluated(exports: string, program: string, args: readonly string[]): Promise<Outcome> {
    return this.run("bash", ["-c", 'eval "$1"; shift; exec "$@"', "bash", exports, program, ...args]);
  }

  /** Files that hold one of these texts, wherever in the checkout; the control plane's data and programs aside. */
  async filesWith(texts: readonly string[]): Promise<string[]> {
    const patterns = `${this.root}.patterns`;
    writeFileSync(patterns, texts.join("\n"));
    try {
      const aside = ["node_modules", "build", "cluster", "program"].map((name) => `--exclude-dir=${name}`);
      const found = await this.run("grep", ["-rlaF", ...aside, `--file=${patterns}`, "."]);
      return found.stdout.split("\n").filter((line) => line !== "");
    } finally {
      rmSync(patterns);
    }
  }

  /** Stops its control plane and removes it. */
  async close(): Promise<void> {
    if (existsSync(this.kubeconfig)) await stopCluster(join(this.root, ".local", "cluster"));
    rmSync(this.root, { recursive: true, force: true });
  }
}
