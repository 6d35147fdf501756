import { type Cluster, connect } from "../../cluster";
import { inParallel } from "../../in-parallel";
import type { ProjectPaths } from "../../paths";
import { messageOf } from "../../report";
import { hasStack } from "../../stacks-here";
import { type InstanceCluster, instanceClusters } from "../clusters";
import { destroyInstance } from "../destroy";
import type { Control, Held } from "../leases/api";
import { openControl } from "../leases/control";
import type { Holder } from "../record";
import { idleOf } from "../sleep/idle";
import { putToSleep } from "../sleep/sleep";
import type { Judged } from "./candidate";
import type { Decision } from "./decide";
import { decideForgotten, forgottenStacks } from "./forgotten";
import { takeDown } from "./elsewhere";
import { checkStillUnused, type JudgedUse, judgeUse } from "./judge-use";
import { leftOf } from "./left";
import { type AskPull, lookAt } from "./look";
import { checkStillDue, NotDue } from "./still";

/** How many instances' logs are read at the same time. */
const AT_ONCE = 4;

/** An instance with what is to become of it. */
export interface Due extends JudgedUse {
  readonly instance: Judged;
  readonly place: InstanceCluster;
  readonly cluster: Cluster;
  readonly control: Control;
}

/** What has become of one instance. */
export interface Reaped extends Decision {
  readonly done: boolean;
  /** Why it could not be done, or what is left all the same. */
  readonly problem?: string;
}

/** How it is gone about. */
export interface ReapManner {
  readonly holder: Holder;
  readonly signal: AbortSignal;
  /** Told what is being done to which instance. */
  readonly onProgress: (name: string, line: string) => void;
}

/** Decides what becomes of every test instance. @returns also what could not be asked, a line each. */
export async function dueInstances(
  paths: ProjectPaths,
  askPull: AskPull,
): Promise<{ readonly due: readonly Due[]; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  const due = await Promise.all(
    instanceClusters(paths).map(async (place): Promise<readonly Due[]> => {
      try {
        const cluster = await connect(place.choice);
        const control = openControl(cluster);
        const { instances, now } = await lookAt(cluster, control, askPull);
        const at = { place, cluster, control };
        const judged = inParallel(instances, AT_ONCE, async (instance) => ({
          ...(await judgeUse(instance, {
            now,
            idle: idleOf(paths, instance.name),
            cluster,
            local: place.local,
          })),
          instance,
          ...at,
        }));
        const names = instances.map(({ name }) => name);
        const forgotten = forgottenStacks(paths, place, names).catch((error: unknown) => {
          problems.push(`${place.name}: ${messageOf(error)}`);
          return [];
        });
        const [known, stacks] = await Promise.all([judged, forgotten]);
        const left = stacks.map((stack) => ({
          ...decideForgotten(stack, now),
          instance: { name: stack.name, admitted: false, namespaces: [], pulls: [] },
          ...at,
        }));
        return [...known, ...left];
      } catch (error) {
        problems.push(`${place.name}: ${messageOf(error)}`);
        return [];
      }
    }),
  );
  return { due: due.flat(), problems };
}

/**
 * Puts one instance to sleep, or destroys it and looks whether anything of it is left.
 *
 * @returns what has become of it; a failure is told, since others are to go all the same.
 */
export async function reapOne(paths: ProjectPaths, due: Due, manner: ReapManner): Promise<Reaped> {
  const { name, action, why, place, cluster, control, instance } = due;
  const { holder, signal } = manner;
  const base: Decision = { name, action, why };
  try {
    if (action === "sleep") {
      const namespaces = instance.namespaces.map((one) => one.name);
      const before = (held: Held): Promise<void> =>
        checkStillUnused(instance, { idle: idleOf(paths, name), cluster, local: place.local }, held);
      await putToSleep({ name, cluster, control, namespaces, holder, hold: { signal }, before });
      return { ...base, done: true };
    }
    const left = await destroyed(paths, due, manner);
    return {
      ...base,
      done: left.length === 0,
      ...(left.length > 0 && { problem: `left: ${left.join(", ")}` }),
    };
  } catch (error) {
    if (error instanceof NotDue) return { name, action: "stay", why: error.message, done: true };
    return { ...base, done: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Destroys one instance. @returns what is left of it all the same. */
async function destroyed(
  paths: ProjectPaths,
  { name, place, cluster, control, instance }: Due,
  { holder, signal, onProgress }: ReapManner,
): Promise<readonly string[]> {
  const before = (held: Held): Promise<void> => checkStillDue(cluster, instance, held);
  if (await hasStack(paths, name, place.local)) {
    const onLine = (line: string): void => {
      onProgress(name, line);
    };
    return destroyInstance(paths, name, { holder, wait: false, signal, before, onLine });
  }
  onProgress(name, "its state is not here: its namespaces and leases are deleted");
  await takeDown(cluster, control, instance, { holder, signal, before });
  return leftOf(paths, name, cluster, { leases: await control.leftOf(name), hasStack: false });
}
