import { nearest } from "../../stacks/settings/nearest";
import { type Cluster, connect } from "../cluster";
import type { ProjectPaths } from "../paths";
import { clusterOfInstance, type InstanceCluster } from "./clusters";
import type { Control, KnownInstance } from "./leases/api";
import { openControl } from "./leases/control";
import type { InstanceRecord } from "./record";

/** An instance and the cluster that it runs on. */
export interface Found {
  readonly place: InstanceCluster;
  readonly cluster: Cluster;
  readonly control: Control;
  readonly instance: KnownInstance;
}

/**
 * Finds an instance by its name.
 *
 * @throws SettingsError when the name is none of a test instance.
 * @throws Error when there is no such instance, or its cluster does not answer.
 */
export async function findInstance(paths: ProjectPaths, name: string): Promise<Found> {
  const place = clusterOfInstance(paths, name);
  const cluster = await connect(place.choice);
  const control = openControl(cluster);
  const { instances } = await control.known();
  const instance = instances.find((one) => one.name === name);
  if (instance === undefined) {
    const others = instances.map((one) => one.name);
    throw new Error(`there is no ${name} on ${place.name}: ${hintFor(name, others)}`);
  }
  return { place, cluster, control, instance };
}

/** What whoever names none of the instances that there are may have meant. */
export function hintFor(name: string, there: readonly string[]): string {
  const meant = nearest(name, there);
  return meant === undefined ? "packit-stacks list shows what there is" : `did you mean ${meant}?`;
}

/** What is known of it. @throws Error when that cannot be read. */
export function recordOf({ instance }: Found): InstanceRecord {
  const { name, record, problem, work } = instance;
  if (record !== undefined) return record;
  throw new Error(
    problem === undefined
      ? `${name} is only being made${work === undefined ? "" : ` by ${work.holder}`}: nothing is known of it yet`
      : `what is known of ${name} cannot be read: ${problem}`,
  );
}
