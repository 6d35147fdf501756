import { readFileSync, writeFileSync } from "node:fs";

import { parseDocument } from "yaml";

import type { Environment } from "./clone";
import { type Command, measure, run, type Sample } from "./commands";

/** What stands of something that is measured. */
export type State = "absent" | "deployed";

/** Something that can be brought into the state that a measurement starts from. */
export interface Subject {
  become(state: State): Promise<void>;
}

/** A setting whose change restarts what reads Packit's configuration file. */
const SETTING = ["packit:service", "rateLimitThreshold"];

export interface StackOptions {
  readonly name: string;
  /** Folder of the project. */
  readonly folder: string;
  readonly environment: Environment;
  /** Files that hold its settings; all get the same value. */
  readonly settings?: readonly string[];
  /** Removes what the stack leaves behind on purpose. */
  readonly cleanUp?: () => Promise<unknown>;
  /** Makes sure that `up` has done what it says. */
  readonly check?: () => Promise<void>;
}

/** A stack, driven by `pulumi` itself. */
export class Stack implements Subject {
  #state: State = "absent";
  #threshold = 200;

  constructor(private readonly options: StackOptions) {}

  async become(state: State): Promise<void> {
    if (this.#state === state) return;
    if (state === "deployed") {
      await run(this.command("up", "--skip-preview"));
    } else {
      await this.unprotect();
      await run(this.command("destroy", "--skip-preview"));
      await this.options.cleanUp?.();
    }
    this.#state = state;
  }

  preview(...args: readonly string[]): Promise<Sample> {
    return measure(this.command("preview", ...args));
  }

  async up(...args: readonly string[]): Promise<Sample> {
    const sample = await measure(this.command("up", ...args));
    this.#state = "deployed";
    await this.options.check?.();
    return sample;
  }

  async destroy(): Promise<Sample> {
    const sample = await measure(this.command("destroy"));
    this.#state = "absent";
    await this.options.cleanUp?.();
    return sample;
  }

  /** An environment stops `destroy` on purpose. */
  async unprotect(): Promise<void> {
    await run(this.command("state", "unprotect", "--all"));
  }

  /** Changes one setting, to another value each time. */
  changeSetting(): void {
    this.#threshold += 1;
    for (const file of this.options.settings ?? []) {
      const document = parseDocument(readFileSync(file, "utf8"));
      document.setIn(["config", ...SETTING], this.#threshold);
      writeFileSync(file, document.toString());
    }
  }

  /** Its checkpoint, with the secrets in plain text. */
  export(): Promise<string> {
    return run(this.command("stack", "export", "--show-secrets"));
  }

  command(...args: readonly string[]): Command {
    const asks = ["up", "destroy"].includes(args[0] ?? "") || args[1] === "unprotect";
    return {
      file: "pulumi",
      args: [...args, "--stack", this.options.name, "--non-interactive", ...(asks ? ["--yes"] : [])],
      cwd: this.options.folder,
      env: this.options.environment,
    };
  }
}
