import { setTimeout as sleep } from "node:timers/promises";

import type { Cluster } from "../../../cluster";
import { type BaseImage, BuildError, type Builder, type BuildOptions, type BuildStep } from "../model";
import { lastLines, make, taken } from "./asking";
import { buildConfig, imageStream } from "./build-config";
import { buildLabelOf } from "./job-manifest";
import { ensureBuildNamespace } from "./namespace";
import type { RegistryStore } from "./registry-store";
import type { BuilderSettings } from "./settings";
import { StreamStore } from "./stream-store";

/** Milliseconds between two looks at a build. */
const LOOK_MS = 2_000;

/** A Build, as far as it is looked into here. */
interface Build {
  readonly metadata: { readonly name: string; readonly creationTimestamp?: string };
  readonly status?: {
    readonly phase?: string;
    readonly message?: string;
    readonly logSnippet?: string;
    readonly output?: { readonly to?: { readonly imageDigest?: string } };
  };
}

/** Ways in which a Build ends other than well. */
const BROKEN: readonly (string | undefined)[] = ["Failed", "Error", "Cancelled"];

/** Has OpenShift build images: a BuildConfig a step, which is gone when its image is there. */
export class OpenShiftBuilder implements Builder {
  readonly #store: Pick<RegistryStore, "find" | "userOf" | "referenceOf">;

  /** @param store - The registry of the settings; absent: OpenShift's own keeps the images. */
  constructor(
    private readonly cluster: Cluster,
    private readonly settings: BuilderSettings,
    store?: RegistryStore,
  ) {
    this.#store = store ?? new StreamStore(cluster, settings.namespace);
  }

  find(step: BuildStep): Promise<string | undefined> {
    return this.#store.find(step);
  }

  userOf(reference: string): Promise<string | undefined> {
    return this.#store.userOf(reference);
  }

  async build(step: BuildStep, base: BaseImage | undefined, options: BuildOptions): Promise<string> {
    const { namespace, registry } = this.settings;
    const ownRegistry = registry === undefined;
    await ensureBuildNamespace(this.cluster, namespace, { projects: true, ownRegistry });
    if (ownRegistry) {
      const streams = `/apis/image.openshift.io/v1/namespaces/${namespace}/imagestreams`;
      await make(this.cluster, streams, imageStream(step, namespace));
    }
    await make(this.cluster, this.#path("buildconfigs"), buildConfig(step, base, this.settings));
    const name = await this.#start(step, options);
    const ended = await this.#wait(step, name, options);
    if (ended !== undefined && ended.status?.phase !== "Complete") throw await this.#failure(step, ended);
    const digest = ended?.status?.output?.to?.imageDigest;
    const reference = digest === undefined ? await this.find(step) : this.#store.referenceOf(step, digest);
    if (reference === undefined)
      throw new Error(`${name} has ended well, but its image is nowhere to be seen`);
    // With it go its Builds and their pods. Whoever waited for the same one may have been faster.
    await this.cluster.ask("DELETE", `${this.#path("buildconfigs")}/${buildLabelOf(step)}`);
    return reference;
  }

  /** Starts a Build, or finds the one that somebody else has started. */
  async #start(step: BuildStep, { onProgress }: BuildOptions): Promise<string> {
    const config = buildLabelOf(step);
    const selector = encodeURIComponent(`buildconfig=${config}`);
    const list = taken(
      await this.cluster.ask("GET", `${this.#path("builds")}?labelSelector=${selector}`),
      "list builds",
    ) as { readonly items: readonly Build[] };
    const running = list.items.find(
      ({ status }) => status?.phase !== "Complete" && !BROKEN.includes(status?.phase),
    );
    if (running !== undefined) {
      onProgress(`${running.metadata.name} builds it already`);
      return running.metadata.name;
    }
    const request = {
      apiVersion: "build.openshift.io/v1",
      kind: "BuildRequest",
      metadata: { name: config },
      triggeredBy: [{ message: "packit-stacks deploy" }],
    };
    const path = `${this.#path("buildconfigs")}/${config}/instantiate`;
    const { metadata } = taken(await this.cluster.ask("POST", path, request), `start ${config}`) as Build;
    onProgress(`started Build ${metadata.name} in ${this.settings.namespace}`);
    return metadata.name;
  }

  /** Waits for the end of a Build; undefined when somebody else saw it end well and has tidied up. */
  async #wait(
    step: BuildStep,
    name: string,
    { onProgress, lookMs = LOOK_MS }: BuildOptions,
  ): Promise<Build | undefined> {
    let told: string | undefined;
    for (;;) {
      const path = `${this.#path("builds")}/${name}`;
      const answer = await this.cluster.ask("GET", path);
      if (answer.status === 404) return undefined;
      const build = taken(answer, `show ${name}`) as Build;
      const phase = build.status?.phase;
      if (phase === "Complete" || BROKEN.includes(phase)) return build;
      if (phase !== undefined && phase !== told) onProgress(`${step.name}: ${phase.toLowerCase()}`);
      told = phase ?? told;
      await sleep(lookMs);
    }
  }

  async #failure(step: BuildStep, { metadata, status }: Build): Promise<BuildError> {
    const path = `${this.#path("builds")}/${metadata.name}/log?tailLines=40`;
    const log = await this.cluster.ask("GET", path);
    const why = status?.message ?? status?.phase ?? "it failed";
    return new BuildError(
      `${step.name}:${step.tag} was not built by ${metadata.name} in ${this.settings.namespace}: ${why}`,
      lastLines(log.status < 400 ? log.body : status?.logSnippet),
    );
  }

  #path(plural: string): string {
    return `/apis/build.openshift.io/v1/namespaces/${this.settings.namespace}/${plural}`;
  }
}
