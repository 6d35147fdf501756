import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stopCluster } from "../local/cluster/stop";
import { projectRoot } from "../tools/setup/project";
import { readToolchain, type Toolchain } from "../tools/setup/toolchain";
import { run } from "./commands";

const FILES = ["Makefile", "Pulumi.yaml", "package.json", "package-lock.json", "tsconfig.json"];
const SETTINGS = ["Pulumi.dev.yaml", "Pulumi.stg.yaml", "Pulumi.prod.yaml"];
const FOLDERS = ["bench", "bin", "cli", "components", "fleet", "jobs", "local", "policy", "stacks", "tools"];

/** Variables of a command. */
export type Environment = Readonly<Record<string, string>>;

/** A clone of this checkout, set up as a user's is: with stacks, state and a control plane of its own. */
export class Clone {
  private constructor(
    readonly root: string,
    /** Of the checkout that it was made from. */
    readonly toolchain: Toolchain,
  ) {}

  /** Copies the checkout; the clone is of use once it is set up. */
  static make(): Clone {
    const project = projectRoot();
    const clone = new Clone(mkdtempSync(join(tmpdir(), "packit-stacks-bench-")), readToolchain(project));
    for (const name of [...FILES, ...SETTINGS, ...FOLDERS]) {
      cpSync(join(project, name), join(clone.root, name), { recursive: true });
    }
    symlinkSync(join(project, "node_modules"), join(clone.root, "node_modules"));
    return clone;
  }

  async setUp(): Promise<void> {
    await run({
      file: process.execPath,
      args: ["tools/setup.mjs"],
      cwd: this.root,
      env: this.setUpEnvironment,
    });
  }

  /** Has set-up find what the checkout uses, and look nowhere else. */
  get setUpEnvironment(): Environment {
    const { plugins, pulumiHome, cacheDir } = this.toolchain;
    return {
      PACKIT_PLUGINS: plugins,
      PACKIT_OFFLINE: "1",
      PACKIT_CACHE: cacheDir,
      PULUMI_HOME: pulumiHome,
    };
  }

  path(...names: readonly string[]): string {
    return join(this.root, ...names);
  }

  /** Runs what `make` runs, for example `stacks("env", "prod", "--local")`. */
  stacks(...args: readonly string[]): Promise<string> {
    const command = this.path(".local", "build", "packit-stacks.js");
    return run({ file: process.execPath, args: [command, ...args], cwd: this.root });
  }

  startControlPlane(): Promise<string> {
    const command = this.path(".local", "build", "cluster.js");
    return run({ file: process.execPath, args: [command, "up"], cwd: this.root });
  }

  /** The variables under which `pulumi` works on a stack. */
  async environment(stack: string): Promise<Environment> {
    const lines = (await this.stacks("env", stack, "--local")).split("\n");
    const exports = lines.map((line) => /^export (\w+)='(.*)'$/.exec(line));
    return Object.fromEntries(exports.flatMap((found) => (found ? [[found[1] ?? "", found[2] ?? ""]] : [])));
  }

  /** Stops its control plane and removes it. */
  async remove(): Promise<void> {
    const cluster = this.path(".local", "cluster");
    if (existsSync(cluster)) await stopCluster(cluster);
    rmSync(this.root, { recursive: true, force: true });
  }
}
