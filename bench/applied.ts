import { writeFileSync } from "node:fs";

import type { Clone } from "./clone";
import { type Command, measure, run, type Sample, time } from "./commands";
import type { Kubectl } from "./kubectl";
import type { KubernetesObject } from "./objects";
import type { State, Subject } from "./stack";

/** The objects of a stack in the hands of `kubectl apply --server-side`. */
export class Applied implements Subject {
  #state: State = "absent";
  readonly #file: string;

  constructor(
    clone: Clone,
    private readonly kubectl: Kubectl,
    private readonly instance: string,
    objects: readonly KubernetesObject[],
  ) {
    this.#file = clone.path(".local", "objects.json");
    const list = { apiVersion: "v1", kind: "List", items: objects };
    // Secrets are among them, made-up as they are.
    writeFileSync(this.#file, JSON.stringify(list), { mode: 0o600 });
  }

  async become(state: State): Promise<void> {
    if (this.#state === state) return;
    if (state === "deployed") await this.apply();
    else await this.kubectl.deleteNamespaces(this.instance);
    this.#state = state;
  }

  async apply(): Promise<Sample> {
    const sample = await measure(this.#command("apply"));
    this.#state = "deployed";
    return sample;
  }

  async applyUntilReady(): Promise<Sample> {
    return await time(async () => {
      await run(this.#command("apply"));
      this.#state = "deployed";
      await this.kubectl.untilReady(this.instance);
    });
  }

  diff(): Promise<Sample> {
    // 1 says that there is a difference: a controller may have set a field of its own.
    return measure({ ...this.#command("diff"), allowed: [0, 1] });
  }

  #command(verb: "apply" | "diff"): Command {
    return this.kubectl.command(verb, "--server-side", "--filename", this.#file);
  }
}
