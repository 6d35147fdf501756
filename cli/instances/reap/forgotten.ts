import { statSync } from "node:fs";

import * as z from "zod";

import { millisecondsOf } from "../../../stacks/settings/duration";
import { ask } from "../../backend";
import { pulumiEnvironment } from "../../environment";
import type { ProjectPaths } from "../../paths";
import { trackedFile } from "../../stack-files";
import { clusterOfInstance, type InstanceCluster } from "../clusters";
import { durationText } from "../duration-text";
import { settingsFor } from "../settings";
import { testInstance } from "./candidate";
import type { Decision } from "./decide";

/** A test instance's stack of which its cluster knows nothing any more. */
export interface Forgotten {
  readonly name: string;
  /** When it was deployed last, in milliseconds since 1970; absent: nobody knows. */
  readonly since?: number;
  /** How long it lives by its settings; absent: it stays, or its settings are wrong. */
  readonly ttl?: string;
}

const stackList = z.array(z.object({ name: z.string(), lastUpdate: z.iso.datetime().optional() }));

/**
 * The stacks of test instances that nothing in their cluster belongs to: somebody has deleted their namespaces and
 * leases, as the CronJob in the cluster does.
 *
 * @param known - Names of the instances that the cluster knows.
 * @throws Error when the backend does not answer.
 */
export async function forgottenStacks(
  paths: ProjectPaths,
  place: InstanceCluster,
  known: readonly string[],
): Promise<readonly Forgotten[]> {
  const args = ["stack", "ls", "--json"];
  const { ok, stdout, problem } = await ask(pulumiEnvironment(paths, place.local), paths.root, args);
  if (!ok) throw new Error(`the stacks cannot be listed: ${problem}`);
  return stackList
    .parse(JSON.parse(stdout))
    .filter(({ name }) => testInstance(name) !== undefined && !known.includes(name))
    .filter(({ name }) => runsOn(paths, name, place))
    .map(({ name, lastUpdate }) => {
      const since = lastUpdate === undefined ? changedAt(trackedFile(paths, name)) : Date.parse(lastUpdate);
      const ttl = settingsFor(paths, name)?.ttl;
      return { name, ...(since !== undefined && { since }), ...(ttl !== undefined && { ttl }) };
    });
}

/**
 * Decides what becomes of a forgotten stack: it goes once its time is over. Until then somebody may be about to
 * deploy it, or its settings may name another cluster than the one on which it lives.
 *
 * @param now - In milliseconds since 1970.
 */
export function decideForgotten({ name, since, ttl }: Forgotten, now: number): Decision {
  const stay = (why: string): Decision => ({
    name,
    action: "stay",
    why: `only its stack is there, and ${why}`,
  });
  const lasts = millisecondsOf(ttl ?? "");
  if (since === undefined || lasts === undefined) return stay("nothing says when it ends");
  const end = since + lasts;
  if (end > now) return stay(`it has ${durationText(end - now)} left`);
  return {
    name,
    action: "destroy",
    why: `only its stack is left, and expired ${durationText(now - end)} ago`,
  };
}

function runsOn(paths: ProjectPaths, name: string, { choice }: InstanceCluster): boolean {
  try {
    return JSON.stringify(clusterOfInstance(paths, name).choice) === JSON.stringify(choice);
  } catch {
    // Its settings are wrong, so nobody knows.
    return false;
  }
}

function changedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
