import { TEST_BASES } from "../../../../stacks/settings";
import { millisecondsOf } from "../../../../stacks/settings/duration";
import { hostOf } from "../../../../stacks/settings/merge";
import { type Cluster, connect } from "../../../cluster";
import type { ProjectPaths } from "../../../paths";
import { messageOf } from "../../../report";
import { settingsOf } from "../../../settings-of";
import { type InstanceCluster, instanceClusters } from "../../clusters";
import { openControl } from "../../leases/control";
import { candidates } from "../../reap/candidate";
import { namespacesOf } from "../../reap/look";
import type { BuilderSettings } from "../builders/settings";
import { MachineImages } from "./machine";
import { digestsInUse, type InUse, outdated } from "./outdated";
import { imagesInStreams, oldConfigs, removeConfig, removeTag } from "./streams";

/** Something of a build that nobody needs any more. */
export interface Leftover {
  /** In words: `image packit-worker:… of packit-test-builds`. */
  readonly what: string;
  /** @throws Error when it may not. */
  readonly remove: () => Promise<void>;
}

/** What instances run, and the cluster's clock. */
interface Moment {
  readonly inUse: InUse;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/**
 * What is left of builds that nobody needs any more, on every cluster that the settings name: old images that no
 * instance runs, and failed builds of long ago. A registry of the settings looks after its images itself, and plain
 * Kubernetes after its Jobs.
 *
 * @returns also what could not be asked, a line each.
 */
export async function leftoversOfBuilds(
  paths: ProjectPaths,
): Promise<{ readonly leftovers: readonly Leftover[]; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  const found = await Promise.all(
    instanceClusters(paths).map(async (place) => {
      try {
        return await leftoversOn(place, buildersOn(paths, place));
      } catch (error) {
        problems.push(`images on ${place.name}: ${messageOf(error)}`);
        return [];
      }
    }),
  );
  return { leftovers: found.flat(), problems };
}

async function leftoversOn(
  place: InstanceCluster,
  builders: readonly BuilderSettings[],
): Promise<readonly Leftover[]> {
  if (builders.length === 0) return [];
  const cluster = await connect(place.choice);
  const [known, namespaces] = await Promise.all([openControl(cluster).known(), namespacesOf(cluster)]);
  const names = candidates(known.instances, namespaces).map(({ name }) => name);
  const moment = { inUse: digestsInUse(known, names), now: known.now };
  if (place.local) return onMachine(new MachineImages(), Math.max(...builders.map(keptFor)), moment);
  const each = builders.map((settings) => inNamespace(cluster, settings, moment));
  return (await Promise.all(each)).flat();
}

/** @param keep - In milliseconds. */
export async function onMachine(
  images: MachineImages,
  keep: number,
  { inUse, now }: Moment,
): Promise<readonly Leftover[]> {
  return outdated(await images.list(), inUse, { now, keep }).map((image) => ({
    what: `image ${image.name}:${image.tag} of this machine`,
    remove: () => images.remove(image),
  }));
}

export async function inNamespace(
  cluster: Cluster,
  settings: Pick<BuilderSettings, "namespace" | "keep">,
  { inUse, now }: Moment,
): Promise<readonly Leftover[]> {
  const { namespace } = settings;
  const [configs, images] = await Promise.all([
    // Somebody may be about to start a failed one again.
    inUse === undefined ? [] : oldConfigs(cluster, namespace, now),
    imagesInStreams(cluster, namespace),
  ]);
  return [
    ...configs.map((name) => ({
      what: `failed build ${name} of ${namespace}`,
      remove: () => removeConfig(cluster, namespace, name),
    })),
    ...outdated(images, inUse, { now, keep: keptFor(settings) }).map((image) => ({
      what: `image ${image.name}:${image.tag} of ${namespace}`,
      remove: () => removeTag(cluster, namespace, image),
    })),
  ];
}

function keptFor({ keep }: Pick<BuilderSettings, "keep">): number {
  return millisecondsOf(keep) ?? Number.POSITIVE_INFINITY;
}

/** How images are built for the instances of a cluster, one for each namespace of builds. */
function buildersOn(paths: ProjectPaths, { choice, local }: InstanceCluster): readonly BuilderSettings[] {
  const builders = TEST_BASES.flatMap((base) => {
    const { cluster } = settingsOf(paths, hostOf({ base }));
    const isHere = cluster === undefined ? local : JSON.stringify(cluster) === JSON.stringify(choice);
    return isHere ? [settingsOf(paths, base).testInstances.builder] : [];
  });
  return [...new Map(builders.map((builder) => [builder.namespace, builder])).values()];
}
