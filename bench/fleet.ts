import { existsSync } from "node:fs";

import type { Clone, Environment } from "./clone";
import { type Command, measure, run, type Sample } from "./commands";
import type { State, Subject } from "./stack";

/** Test instances that are deployed at once, each by an engine of its own. */
export class Fleet implements Subject {
  #up: readonly string[] = [];

  constructor(
    private readonly clone: Clone,
    private readonly environment: Environment,
  ) {}

  /** Takes down what is up; it is never wanted deployed. */
  async become(state: State): Promise<void> {
    if (state === "deployed") throw new Error("a fleet is deployed by its measurement");
    for (const stack of this.#up) await run(this.#command("destroy", stack, "--skip-preview"));
    this.#up = [];
  }

  /** Gets the stacks' files ready, without an object. */
  async make(count: number): Promise<void> {
    for (const stack of names(count)) {
      if (!existsSync(this.clone.path(`Pulumi.${stack}.yaml`))) {
        await run({ ...this.#pulumi("stack", "init", stack, "--no-select") });
      }
    }
  }

  deploy(count: number): Promise<Sample> {
    this.#up = names(count);
    return measure(...this.#up.map((stack) => this.#command("up", stack)));
  }

  #command(verb: string, stack: string, ...more: readonly string[]): Command {
    return this.#pulumi(verb, "--stack", stack, "--yes", ...more);
  }

  #pulumi(...args: readonly string[]): Command {
    return {
      file: "pulumi",
      args: [...args, "--non-interactive"],
      cwd: this.clone.root,
      env: this.environment,
    };
  }
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `dev-pr-${index + 1}`);
}
