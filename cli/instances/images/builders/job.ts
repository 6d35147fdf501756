import { setTimeout as sleep } from "node:timers/promises";

import type { Cluster } from "../../../cluster";
import { type BaseImage, BuildError, type Builder, type BuildOptions, type BuildStep } from "../model";
import { lastLines, make, taken } from "./asking";
import { BUILD_LABEL, buildLabelOf, jobManifest } from "./job-manifest";
import { brokenIn, digestOf, endOf, type JobSeen, type PodSeen, stageOf } from "./job-state";
import { ensureBuildNamespace } from "./namespace";
import type { RegistryStore } from "./registry-store";
import type { PushingSettings } from "./settings";

/** Milliseconds between two looks at a build. */
const LOOK_MS = 2_000;

/** Builds images as Jobs of a cluster and keeps them in a registry. */
export class JobBuilder implements Builder {
  constructor(
    private readonly cluster: Cluster,
    private readonly settings: PushingSettings,
    private readonly store: RegistryStore,
  ) {}

  find(step: BuildStep): Promise<string | undefined> {
    return this.store.find(step);
  }

  userOf(reference: string): Promise<string | undefined> {
    return this.store.userOf(reference);
  }

  async build(step: BuildStep, base: BaseImage | undefined, options: BuildOptions): Promise<string> {
    await ensureBuildNamespace(this.cluster, this.settings.namespace, {
      projects: false,
      ownRegistry: false,
    });
    const name = await this.#start(step, base, options);
    const { succeeded, message } = await this.#wait(step, name, options);
    const pod = await this.#podOf(name);
    if (!succeeded) throw await this.#failure(step, name, pod, message);
    const digest = digestOf(pod);
    const reference = digest === undefined ? await this.find(step) : this.store.referenceOf(step, digest);
    if (reference === undefined) {
      throw new Error(`${name} has ended well, but ${this.store.prefix} shows no ${step.name}:${step.tag}`);
    }
    return reference;
  }

  /** Starts a Job, or finds the one that somebody else has started. */
  async #start(step: BuildStep, base: BaseImage | undefined, { onProgress }: BuildOptions): Promise<string> {
    for (;;) {
      const earlier = await this.#jobsOf(step);
      const running = earlier.find((job) => endOf(job) === undefined);
      if (running !== undefined) {
        onProgress(`${running.metadata.name} builds it already`);
        return running.metadata.name;
      }
      const attempts = earlier.map(({ metadata }) => Number(/\d+$/.exec(metadata.name)?.[0] ?? 0));
      const manifest = jobManifest(step, base, Math.max(0, ...attempts) + 1, this.settings);
      // Another one may have been faster.
      if ((await make(this.cluster, this.#jobs, manifest)) === "made") {
        onProgress(`started Job ${manifest.metadata.name} in ${this.settings.namespace}`);
        return manifest.metadata.name;
      }
    }
  }

  async #wait(step: BuildStep, name: string, { onProgress, lookMs = LOOK_MS }: BuildOptions) {
    let told: string | undefined;
    for (;;) {
      const job = taken(await this.cluster.ask("GET", `${this.#jobs}/${name}`), `show ${name}`) as JobSeen;
      const end = endOf(job);
      if (end !== undefined) return end;
      const stage = stageOf(await this.#podOf(name));
      if (stage !== undefined && stage !== told) onProgress(`${step.name}: ${stage}`);
      told = stage ?? told;
      await sleep(lookMs);
    }
  }

  async #failure(
    step: BuildStep,
    name: string,
    pod: PodSeen | undefined,
    message: string | undefined,
  ): Promise<BuildError> {
    const broken = brokenIn(pod);
    const what = `${step.name}:${step.tag} was not built by ${name} in ${this.settings.namespace}`;
    if (pod === undefined || broken === undefined) {
      return new BuildError(`${what}: ${message ?? "its pod is gone"}`, []);
    }
    const path = `${this.#pods}/${pod.metadata.name}/log?container=${broken.container}&tailLines=40`;
    const log = await this.cluster.ask("GET", path);
    return new BuildError(
      `${what}, container ${broken.container}: ${broken.why}`,
      log.status < 400 ? lastLines(log.body) : [],
    );
  }

  async #jobsOf(step: BuildStep): Promise<readonly JobSeen[]> {
    const selector = encodeURIComponent(`${BUILD_LABEL}=${buildLabelOf(step)}`);
    const path = `${this.#jobs}?labelSelector=${selector}`;
    return (taken(await this.cluster.ask("GET", path), "list builds") as { items: readonly JobSeen[] }).items;
  }

  async #podOf(job: string): Promise<PodSeen | undefined> {
    const selector = encodeURIComponent(`batch.kubernetes.io/job-name=${job}`);
    const path = `${this.#pods}?labelSelector=${selector}`;
    return (
      taken(await this.cluster.ask("GET", path), "list pods") as { items: readonly PodSeen[] }
    ).items.at(-1);
  }

  get #jobs(): string {
    return `/apis/batch/v1/namespaces/${this.settings.namespace}/jobs`;
  }

  get #pods(): string {
    return `/api/v1/namespaces/${this.settings.namespace}/pods`;
  }
}
