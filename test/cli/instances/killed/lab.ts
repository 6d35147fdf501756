import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { InstanceView } from "../../../../cli/instances/view";
import { clusterPaths, startCluster } from "../../../../local/cluster";
import { readRecord } from "../../../../local/cluster/record";
import { Checkout, type Outcome } from "../../../support/checkout";
import { isRunning } from "../../../../tools/process/identity";
import { Forge } from "./forge";
import type { Round, Step } from "./rounds";

/** Variable with the round in which a process was started, straight or by another. */
const ROUND_VARIABLE = "PACKIT_TEST_ROUND";

/** A checkout with a control plane, a forge and a place for temporary files of its own. */
export class Lab {
  readonly checkout = Checkout.make();
  readonly #forge: Forge;
  readonly #temporary: string;
  readonly #cluster = join(this.checkout.root, ".local", "cluster");

  /** @param git - Path of the program. */
  constructor(git: string) {
    this.#forge = new Forge(`${this.checkout.root}.forge`, git);
    this.#temporary = `${this.checkout.root}.tmp`;
    mkdirSync(this.#temporary);
  }

  async close(): Promise<void> {
    await this.checkout.close();
    for (const kind of ["forge", "tmp"])
      rmSync(`${this.checkout.root}.${kind}`, { recursive: true, force: true });
  }

  /** The program that is started. */
  get bundle(): string {
    return join(this.checkout.root, ".local", "build", "packit-stacks.js");
  }

  /** What is typed to deploy or destroy a round's instance. */
  words(command: Step["command"], { stack, pull }: Pick<Round, "stack" | "pull">): readonly string[] {
    if (command === "destroy") return ["destroy", stack, "--wait"];
    return ["deploy", "--base=dev", `dashboard=${pull}`, "--only", "worker,dashboard", "--wait"];
  }

  environment(round = 0): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...{ LOCAL: undefined, YES: undefined, PULUMI_BACKEND_URL: undefined },
      ...this.#forge.environment,
      TMPDIR: this.#temporary,
      [ROUND_VARIABLE]: `${this.checkout.root}:${round}:`,
    };
  }

  /** How processes of a round are marked. */
  mark(round: number): string {
    return `${ROUND_VARIABLE}=${this.checkout.root}:${round}:`;
  }

  push(pull: number): void {
    this.#forge.push(pull);
  }

  /** Runs a command to its end. */
  run(command: Step["command"], round: Pick<Round, "stack" | "pull">): Promise<Outcome> {
    const environment = { ...this.#forge.environment, TMPDIR: this.#temporary };
    return this.checkout.run("node", [this.bundle, ...this.words(command, round)], environment);
  }

  /** What `make cluster-up` does. */
  async startCluster(): Promise<void> {
    await startCluster(this.#cluster);
  }

  /** The API server's process. */
  apiServer(): readonly number[] {
    const { programs } = readRecord(clusterPaths(this.#cluster));
    return programs.filter((one) => one.name === "kube-apiserver" && isRunning(one)).map(({ pid }) => pid);
  }

  async list(): Promise<readonly InstanceView[]> {
    const { code, stdout, output } = await this.checkout.stacks("list", "--json");
    assert.equal(code, 0, output);
    return JSON.parse(stdout) as InstanceView[];
  }

  /** What builds have left behind. The engine's own pipes are its own. */
  buildFolders(): readonly string[] {
    return readdirSync(this.#temporary).filter((name) => name.startsWith("packit-build-"));
  }
}
