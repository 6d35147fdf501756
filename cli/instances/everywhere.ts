import { connect } from "../cluster";
import type { ProjectPaths } from "../paths";
import { messageOf } from "../report";
import { type Requests, requestsIn } from "./board/requests";
import { type InstanceCluster, instanceClusters } from "./clusters";
import type { KnownInstance } from "./leases/api";
import { openControl } from "./leases/control";

/** An instance, and where it runs. */
export interface Listed {
  readonly instance: KnownInstance;
  /** What people call its cluster. */
  readonly cluster: string;
  /** That cluster's clock, in milliseconds since 1970. */
  readonly now: number;
  /** What its pods are promised; absent when nobody asked, or when that could not be found out. */
  readonly requests?: Requests;
}

/** Every instance of every cluster. */
export interface Everywhere {
  /** By name: `stg-pr-2` comes before `stg-pr-10`. */
  readonly instances: readonly Listed[];
  /** Which clusters could not be asked, and why. */
  readonly problems: readonly string[];
}

/**
 * Looks at every test instance of every cluster that the settings name, with one request a cluster.
 *
 * @param options - Whether to find out what their pods are promised, too: one more request a cluster.
 */
export async function everyInstance(
  paths: ProjectPaths,
  { requests }: { readonly requests: boolean },
): Promise<Everywhere> {
  const looked = await Promise.all(
    instanceClusters(paths).map(async (place) => {
      try {
        return { instances: await instancesOn(place, requests), problems: [] };
      } catch (error) {
        // Nothing runs on a control plane that does not run.
        const problems = place.local ? [] : [`${place.name}: ${messageOf(error)}`];
        return { instances: [], problems };
      }
    }),
  );
  return {
    instances: looked.flatMap(({ instances }) => instances).sort(byName),
    problems: looked.flatMap(({ problems }) => problems),
  };
}

async function instancesOn({ name, choice }: InstanceCluster, requests: boolean): Promise<readonly Listed[]> {
  const cluster = await connect(choice);
  const { instances, now } = await openControl(cluster).known();
  const namespaces = instances.flatMap(({ record }) => record?.namespace ?? []);
  const promised =
    requests && namespaces.length > 0 ? await requestsIn(cluster, namespaces) : new Map<string, Requests>();
  return instances.map((instance) => {
    const own = promised.get(instance.record?.namespace ?? "");
    return { instance, cluster: name, now, ...(own !== undefined && { requests: own }) };
  });
}

const { compare } = new Intl.Collator("en", { numeric: true });

/** The order of instances in lists. */
export function byName(a: Listed, b: Listed): number {
  return compare(a.instance.name, b.instance.name) || compare(a.cluster, b.cluster);
}
