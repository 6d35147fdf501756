import { findInstance, type Found } from "../../instances/find";
import { timeText } from "../../instances/leases/time-text";
import { type InstanceView, viewOf } from "../../instances/view";
import { type Rollout, rolloutsIn, rolloutText } from "../../instances/workloads";
import type { ProjectPaths } from "../../paths";
import { section } from "../../report";

export interface StatusOptions {
  readonly json: boolean;
}

/**
 * Says what an instance is at, and which of its pods are ready.
 *
 * @returns 0 when it is live and everything is ready, otherwise 1.
 */
export async function status(paths: ProjectPaths, name: string, { json }: StatusOptions): Promise<number> {
  const found = await findInstance(paths, name);
  const view = viewOf(found.instance);
  const workloads = await workloadsOf(found);
  const { usedAt } = found.instance.record ?? {};
  if (json) console.log(JSON.stringify({ ...view, usedAt: usedAt ?? null, workloads }, null, 2));
  else {
    const rows = [...rowsOf(view, found.place.name), ...useRows(usedAt), ...workloads.map(workloadRow)];
    console.log(section(name, rows));
  }
  return view.state === "live" && workloads.every(({ done }) => done) ? 0 : 1;
}

/** None as long as the namespace is not there. */
async function workloadsOf({ cluster, instance }: Found): Promise<readonly Rollout[]> {
  const { record } = instance;
  return record === undefined ? [] : rolloutsIn(cluster, record.namespace);
}

function rowsOf(view: InstanceView, cluster: string): readonly (readonly [string, string])[] {
  const { state, reason, holder, createdAt, expiresAt, keep, worker, place, identity } = view;
  const time = (text: string): string => timeText(Date.parse(text));
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["state", place === undefined ? state : `${state}, number ${place} in the queue`],
    ["reason", reason],
    ["runs", view.pulls.join(" ")],
    ["other code", view.base],
    ["whose", holder?.name],
    ["at work", worker],
    ["identity", identity],
    ["cluster", cluster],
    ["namespace", view.namespace],
    ...Object.entries(view.urls),
    ["created", createdAt === null ? undefined : time(createdAt)],
    ["expires", expiresAt === null ? keep && `never: ${keep}` : time(expiresAt)],
  ];
  return rows.flatMap(([label, text]) => (text === undefined || text === "" ? [] : [[label, text] as const]));
}

/** When it was last used, as far as anybody has noted. */
function useRows(usedAt: string | undefined): readonly (readonly [string, string])[] {
  return usedAt === undefined ? [] : [["last used", timeText(Date.parse(usedAt))]];
}

function workloadRow(rollout: Rollout): readonly [string, string] {
  if (rollout.wanted === 0) return ["no pods", rollout.name];
  return [rollout.done ? "ready" : "not ready", rollout.done ? rollout.name : rolloutText(rollout)];
}
