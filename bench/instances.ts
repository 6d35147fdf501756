import { writeFileSync } from "node:fs";

import type { Clone } from "./clone";
import { type Command, measure, run, type Sample } from "./commands";
import type { Kubectl } from "./kubectl";
import type { State, Subject } from "./stack";

/** Number of the first one's pull request: other rows make the first hundred. */
const FIRST = 101;

/** How many are deployed together: as many as the settings of the bases let run at once. */
const TOGETHER = 10;

/** Namespace, label and annotation of the leases that instances are known by. */
const NAMESPACE = "--namespace=packit-test-instances";
const LEASES = "--selector=packit.dev/lease=instance";
const RECORD = "packit.dev/record";

/** Marks leases that stand for instances which were never deployed. */
const MADE_UP = "bench";

interface Lease {
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
}

/** Test instances as people make them: with `packit-stacks deploy`, which finds their images built. */
export class Instances implements Subject {
  #up: readonly number[] = [];

  constructor(
    private readonly clone: Clone,
    private readonly kubectl: Kubectl,
  ) {}

  async become(state: State): Promise<void> {
    await this.#forgetMadeUp();
    if (state === "deployed" && this.#up.length < TOGETHER) await this.deployTogether();
    if (state === "absent") {
      for (const pull of this.#up) await run(this.#command("destroy", stackOf(pull)));
      this.#up = [];
    }
  }

  /** The first of them, again when it is there. */
  deploy(): Promise<Sample> {
    return this.#deploy([FIRST]);
  }

  deployTogether(): Promise<Sample> {
    return this.#deploy(Array.from({ length: TOGETHER }, (_, index) => FIRST + index));
  }

  list(): Promise<Sample> {
    return measure(this.#command("list", "--json"));
  }

  /** Says what would become of each, and does nothing. */
  judge(): Promise<Sample> {
    return measure(this.#command("reap", "--dry-run", "--json"));
  }

  /** Destroys all whose time is over. */
  async reap(): Promise<Sample> {
    const sample = await measure(this.#command("reap", "--yes"));
    this.#up = [];
    return sample;
  }

  /** Has the time of all be over. */
  async expire(): Promise<void> {
    for (const { metadata } of await this.#leases()) {
      const record = { ...recordOf(metadata.annotations), expiresAt: new Date(0).toISOString() };
      const words = ["annotate", "--overwrite", NAMESPACE, "lease", metadata.name];
      await run(this.kubectl.command(...words, `${RECORD}=${JSON.stringify(record)}`));
    }
  }

  /** Adds leases like those that are there, until so many instances are known. */
  async makeUp(known: number): Promise<void> {
    const real = await this.#leases();
    const [example] = real;
    if (example === undefined) throw new Error("there is no instance to take for an example");
    const items = Array.from({ length: known - real.length }, (_, index) => madeUp(example, 1000 + index));
    const file = this.clone.path(".local", "made-up-leases.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    await run(this.kubectl.command("apply", "--server-side", "--filename", file));
  }

  async #forgetMadeUp(): Promise<void> {
    const which = [NAMESPACE, `--selector=${MADE_UP}`, "--ignore-not-found"];
    await run(this.kubectl.command("delete", "leases", ...which));
  }

  async #leases(): Promise<readonly Lease[]> {
    const found = await run(this.kubectl.command("get", "leases", NAMESPACE, LEASES, "--output=json"));
    return (JSON.parse(found) as { items: Lease[] }).items;
  }

  #deploy(pulls: readonly number[]): Promise<Sample> {
    this.#up = [...new Set([...this.#up, ...pulls])];
    const words = ["deploy", "--base=dev", ...images(), "--yes"];
    return measure(...pulls.map((pull) => this.#command(...words, `packit-service=${pull}`)));
  }

  #command(...args: readonly string[]): Command {
    const { root: cwd, setUpEnvironment: env } = this.clone;
    return { file: process.execPath, args: ["bin/packit-stacks.mjs", ...args], cwd, env };
  }
}

function stackOf(pull: number): string {
  return `dev-pr-${pull}`;
}

/** Options that name images, so that none has to be built. */
function images(): readonly string[] {
  return ["service", "worker"].flatMap((image) => [
    "--image",
    `${image}=quay.io/packit/packit-${image}@sha256:${"1".repeat(64)}`,
  ]);
}

function madeUp({ metadata: { annotations } }: Lease, pull: number): object {
  const name = stackOf(pull);
  const record = { ...recordOf(annotations), name, namespace: `packit-${name}` };
  const labels = { "app.kubernetes.io/part-of": "packit", "app.kubernetes.io/instance": name };
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: {
      name: `instance-${name}`,
      namespace: "packit-test-instances",
      labels: { ...labels, "packit.dev/lease": "instance", [MADE_UP]: "made-up" },
      annotations: { [RECORD]: JSON.stringify(record) },
    },
  };
}

function recordOf(annotations: Readonly<Record<string, string>>): object {
  return JSON.parse(annotations[RECORD] ?? "{}") as object;
}
