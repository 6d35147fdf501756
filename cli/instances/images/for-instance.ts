import { parseImage, type Settings } from "../../../stacks/settings";
import type { TestBase } from "../../../stacks/settings/names";
import type { Reference } from "../../../stacks/settings/references";
import type { Cluster } from "../../cluster";
import { Registry } from "../../registry/client";
import { buildImages, type BuiltReferences } from "./build-images";
import { builderFor } from "./builders/choose";
import type { BaseImage, BuildOptions, BuiltImage } from "./model";
import { type Lookups, lookupsFor, planImages } from "./plan";
import { resolveReferences, type ResolveOptions } from "./resolve";

/** An instance whose images are to be built. */
export interface InstanceToBuild {
  readonly references: readonly Reference[];
  readonly base: TestBase;
  /** Images that it runs, less those that are given: others are not built. */
  readonly runs: ReadonlySet<BuiltImage>;
  readonly settings: Pick<Settings, "hosts" | "platform" | "testInstances">;
  /** What the base runs, by image: registry, repository, and tag or digest. */
  readonly running: Readonly<Partial<Record<BuiltImage, string>>>;
  readonly cluster: Cluster;
  /** Whether it is on the control plane of this machine. */
  readonly local: boolean;
}

/** Where code and images come from. */
export interface Origins extends ResolveOptions {
  /** @default the registries themselves, with the user's logins */
  readonly registry?: Pick<Registry, "lookUp">;
}

/**
 * Builds what an instance's code goes into and what has not been built before.
 *
 * @throws Error when a reference means nothing, a registry does not answer, or there is nowhere to build.
 * @throws BuildError with the last lines of a failed build's log.
 */
export async function buildFor(
  instance: InstanceToBuild,
  options: BuildOptions,
  { registry = new Registry(), ...origins }: Origins = {},
): Promise<BuiltReferences> {
  const { base, runs, settings, running, cluster, local } = instance;
  const place = { cluster, platform: settings.platform, local, registry };
  const builder = builderFor(settings.testInstances.builder, place);
  const references = await resolveReferences(instance.references, origins);
  for (const { repository, commit } of references) options.onProgress(`${repository}: ${commit}`);
  const subject = { references, base, runs };
  const needed = lookupsFor(subject);
  const foundations = needed.foundations.map(
    async (image) => [image, (await found(registry, image)).digest] as const,
  );
  const bases = needed.bases.map(
    async (image) => [image, await baseOf(registry, image, running[image])] as const,
  );
  const lookups: Lookups = {
    apiUrl: `https://${settings.hosts.api}/api`,
    foundations: new Map(await Promise.all(foundations)),
    bases: Object.fromEntries(await Promise.all(bases)),
  };
  return buildImages(planImages(subject, lookups), builder, options);
}

async function baseOf(
  registry: Pick<Registry, "lookUp">,
  image: BuiltImage,
  running = "",
): Promise<BaseImage> {
  const { digest, user } = await found(registry, running);
  const at = parseImage(running);
  if (at === undefined) throw new Error(`the base runs no image ${image}`);
  return {
    reference: `${at.registry}/${at.repository}@${digest}`,
    ...(user !== undefined && { user }),
  };
}

async function found(registry: Pick<Registry, "lookUp">, source: string) {
  const image = parseImage(source);
  if (image === undefined) throw new Error(`${source} is no image with its registry`);
  return registry.lookUp(image);
}
