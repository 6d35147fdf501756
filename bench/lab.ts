import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { Applied } from "./applied";
import type { Clone, Environment } from "./clone";
import { completeStack } from "./complete";
import { measure, run, type Sample, time } from "./commands";
import { Fleet } from "./fleet";
import { Instances } from "./instances";
import { Kubectl } from "./kubectl";
import { homeOfNothing, stackOfNothing } from "./nothing";
import { objectsIn, forKubectl } from "./objects";
import { Stack, type State, type Subject } from "./stack";

/** The stack that is measured. */
const STACK = "prod";

/** All that is measured, in a clone of its own. */
export class Lab {
  #applied: Applied | undefined;

  private constructor(
    readonly clone: Clone,
    private readonly kubectl: Kubectl,
    /** On the local control plane. */
    readonly prod: Stack,
    /** The same with every component. */
    readonly complete: Stack,
    /** With a plugin that does nothing. */
    readonly nothing: Stack,
    /** With every component, and a plugin that does nothing. */
    readonly completeNothing: Stack,
    /** A program without a resource. */
    readonly empty: Stack,
    readonly fleet: Fleet,
    readonly instances: Instances,
  ) {}

  /** Gets everything ready in a fresh clone. */
  static async in(clone: Clone, progress: (line: string) => void): Promise<Lab> {
    progress(`setting up a clone in ${clone.root}`);
    await clone.setUp();
    progress(`starting its control plane and making up secrets for ${STACK}`);
    await clone.startControlPlane();
    await clone.stacks("example-secrets", STACK, "--local");
    const environment = await clone.environment(STACK);
    const bare = await clone.environment("dev-pr-1");
    const kubectl = new Kubectl(clone);
    const onCluster = {
      name: STACK,
      folder: clone.root,
      environment,
      cleanUp: () => kubectl.deleteNamespaces(STACK),
      check: async () => {
        if (!(await kubectl.areReady(STACK))) throw new Error("`pulumi up` has ended before all was ready");
      },
    };
    const complete = await completeStack(clone, onCluster);
    const prod = new Stack({
      ...onCluster,
      // Also the tracked file, since `make` takes the settings from there.
      settings: [clone.path(`Pulumi.${STACK}.yaml`), clone.path(".local", "stacks", `Pulumi.${STACK}.yaml`)],
    });
    const home = await homeOfNothing(clone);
    const nothing = stackOfNothing(clone, home, STACK, STACK, environment);
    const completeNothing = stackOfNothing(clone, home, STACK, `${STACK}-complete`, environment);
    const empty = await emptyStack(clone, bare);
    const fleet = new Fleet(clone, bare);
    const instances = new Instances(clone, kubectl);
    return new Lab(clone, kubectl, prod, complete, nothing, completeNothing, empty, fleet, instances);
  }

  /** Brings one thing into the state that a measurement starts from, with nothing else on the control plane. */
  async prepare(subject: Subject, state: State): Promise<void> {
    if (subject !== this.nothing && subject !== this.completeNothing) {
      for (const other of [this.prod, this.complete, this.fleet, this.instances, this.#applied]) {
        if (other !== undefined && other !== subject) await other.become("absent");
      }
    }
    await subject.become(state);
  }

  /** The stack's objects as `kubectl` gets them. */
  async applied(): Promise<Applied> {
    if (this.#applied === undefined) {
      await this.nothing.become("deployed");
      const objects = forKubectl(objectsIn(await this.nothing.export()));
      this.#applied = new Applied(this.clone, this.kubectl, STACK, objects);
    }
    return this.#applied;
  }

  /** @param options - Further variables, for example `JSON=1`. */
  makePreview(...options: readonly string[]): Promise<Sample> {
    const { root: cwd, setUpEnvironment: env } = this.clone;
    const args = ["preview", `STACK=${STACK}`, "LOCAL=1", ...options];
    return time(() => run({ file: "make", args, cwd, env }));
  }

  /** From the start of the program's process to the engine's answer to its last registration, in a preview. */
  async programStart(): Promise<Sample> {
    const file = this.clone.path(".local", "program-start");
    const probe = this.clone.path("bench", "probe.cjs");
    const command = this.nothing.command("preview");
    const env = { ...command.env, NODE_OPTIONS: `--require ${probe}`, BENCH_PROBE: file };
    await measure({ ...command, env });
    return { seconds: Number(readFileSync(file, "utf8")) };
  }
}

async function emptyStack(clone: Clone, environment: Environment): Promise<Stack> {
  const folder = clone.path(".local", "empty");
  mkdirSync(folder);
  const options = "  options:\n    typescript: false\n";
  writeFileSync(`${folder}/Pulumi.yaml`, `name: empty\nmain: index.js\nruntime:\n  name: nodejs\n${options}`);
  writeFileSync(`${folder}/package.json`, "{}\n");
  writeFileSync(`${folder}/index.js`, "module.exports = {};\n");
  const stack = new Stack({ name: "empty", folder, environment });
  await run(stack.command("stack", "init"));
  return stack;
}
