import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { findProgram } from "../../../../tools/setup/programs";
import { leash } from "../../../leash";
import { containerfileOf } from "../containerfile";
import {
  type BaseImage,
  BuildError,
  type Builder,
  type BuildOptions,
  type BuildStep,
  type RepositoryStep,
  requiredBase,
} from "../model";
import { lastLines } from "./asking";
import { buildFolder } from "./build-folder";
import { buildCommand, localName, pushCommand } from "./buildah";
import { FETCH_ENVIRONMENT, fetchCommands } from "./fetch";
import { deadlineOf } from "./job-manifest";
import type { RegistryStore } from "./registry-store";
import type { BuilderSettings } from "./settings";

export interface MachineOptions {
  /** Registry that images are pushed to. @default they stay on this machine */
  readonly store?: RegistryStore;
  /** Where buildah keeps images, as it is told before its command. @default the user's own place */
  readonly storage?: readonly string[];
}

/** Builds images on this machine, for its own control plane, on which no program runs. */
export class MachineBuilder implements Builder {
  readonly #store: RegistryStore | undefined;
  readonly #storage: readonly string[];

  constructor(
    private readonly settings: Pick<BuilderSettings, "deadline">,
    { store, storage = [] }: MachineOptions = {},
  ) {
    this.#store = store;
    this.#storage = storage;
  }

  async find(step: BuildStep): Promise<string | undefined> {
    if (this.#store !== undefined) return this.#store.find(step);
    const digest = await this.#inspect(localName(step), "{{.FromImageDigest}}");
    return digest === undefined ? undefined : `localhost/${step.name}@${digest}`;
  }

  async userOf(reference: string): Promise<string | undefined> {
    if (this.#store !== undefined) return this.#store.userOf(reference);
    return this.#inspect(reference, "{{.OCIv1.Config.User}}");
  }

  /** @throws Error when buildah is missing. */
  async build(step: BuildStep, base: BaseImage | undefined, options: BuildOptions): Promise<string> {
    const { onProgress } = options;
    const buildah = findProgram("buildah");
    if (buildah === undefined) {
      throw new Error(
        "no program runs on the control plane of this machine, so its images are built beside it, and buildah is missing: " +
          "install it, or name an image that is there, such as --image worker=…@sha256:…",
      );
    }
    const folder = buildFolder();
    try {
      const context = join(folder, "context");
      const containerfile = join(folder, "Containerfile");
      if (step.kind === "repository") {
        onProgress(`${step.name}: fetching the code`);
        await this.#fetch(step, context, options);
      } else {
        mkdirSync(context);
        writeFileSync(containerfile, containerfileOf(step.packages, requiredBase(base)));
      }
      onProgress(`${step.name}: building on this machine`);
      const place = { storage: this.#storage, context, containerfile, base: base?.reference };
      await this.#run(step, buildah, buildCommand(step, place), options);
      return await this.#keep(step, buildah, join(folder, "digest"), options);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #fetch(step: RepositoryStep, folder: string, options: BuildOptions): Promise<void> {
    for (const args of fetchCommands(step, folder)) await this.#run(step, "git", args, options);
  }

  async #keep(step: BuildStep, buildah: string, digestFile: string, options: BuildOptions): Promise<string> {
    if (this.#store !== undefined) {
      options.onProgress(`${step.name}: pushing`);
      const words = pushCommand(step, this.#store.prefix, { storage: this.#storage, digestFile });
      await this.#run(step, buildah, words, options);
      if (existsSync(digestFile)) {
        return this.#store.referenceOf(step, readFileSync(digestFile, "utf8").trim());
      }
    }
    const reference = await this.find(step);
    if (reference === undefined) throw new Error(`${localName(step)} is not there after it was built`);
    return reference;
  }

  /** Runs a program that ends with this process and all that it has started, however this process ends. */
  async #run(
    step: BuildStep,
    command: string,
    args: readonly string[],
    { signal }: BuildOptions,
  ): Promise<void> {
    signal?.throwIfAborted();
    const { execa } = await import("execa");
    const running = execa(command, args, {
      all: true,
      stdin: "ignore",
      env: FETCH_ENVIRONMENT,
      reject: false,
      timeout: deadlineOf(this.settings) * 1000,
      detached: true,
    });
    const unleash = running.pid === undefined ? undefined : leash(running.pid);
    const stop = (): void => {
      endGroup(running.pid);
    };
    signal?.addEventListener("abort", stop, { once: true });
    const { exitCode, all, timedOut } = await running;
    signal?.removeEventListener("abort", stop);
    unleash?.();
    signal?.throwIfAborted();
    if (exitCode === 0) return;
    if (timedOut) endGroup(running.pid);
    const why = timedOut ? "took too long" : `ended with ${exitCode ?? "a signal"}`;
    throw new BuildError(`${localName(step)} was not built: ${command} ${why}`, lastLines(all));
  }

  /** What buildah knows of an image of this machine; undefined when it has none, or nothing to say. */
  async #inspect(image: string, format: string): Promise<string | undefined> {
    const buildah = findProgram("buildah");
    if (buildah === undefined) return undefined;
    const { execa } = await import("execa");
    const words = [...this.#storage, "inspect", "--type=image", `--format=${format}`, "--", image];
    const { exitCode, stdout } = await execa(buildah, words, { stdin: "ignore", reject: false });
    return exitCode === 0 && stdout !== "" ? stdout : undefined;
  }
}

/** Has a program end in order, with all that it has started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // All have ended meanwhile.
  }
}
