import { connect } from "../../cluster";
import { table } from "../../images/words";
import { instanceClusters } from "../../instances/clusters";
import { openControl } from "../../instances/leases/control";
import { durationText } from "../../instances/duration-text";
import { type InstanceView, viewOf } from "../../instances/view";
import type { ProjectPaths } from "../../paths";
import { failure } from "../../report";

export interface ListOptions {
  readonly json: boolean;
}

/**
 * Lists every test instance of every cluster that the settings name, with one request a cluster.
 *
 * @returns 1 when a cluster could not be asked; the others are listed all the same.
 */
export async function list(paths: ProjectPaths, { json }: ListOptions): Promise<number> {
  const asked = await Promise.all(
    instanceClusters(paths).map(async ({ name, choice, local }) => {
      try {
        const { instances, now } = await openControl(await connect(choice)).known();
        return { views: instances.map(viewOf), now };
      } catch (error) {
        // Nothing runs on a control plane that does not run.
        if (!local) return { problem: `${name}: ${error instanceof Error ? error.message : String(error)}` };
        return { views: [], now: 0 };
      }
    }),
  );
  const views = asked.flatMap((one) => one.views ?? []).sort((a, b) => a.name.localeCompare(b.name));
  if (json) console.log(JSON.stringify(views, null, 2));
  else console.log(asTable(views, Math.max(0, ...asked.map(({ now = 0 }) => now))));
  const problems = asked.flatMap(({ problem }) => problem ?? []);
  problems.forEach(failure);
  return problems.length === 0 ? 0 : 1;
}

function asTable(views: readonly InstanceView[], now: number): string {
  if (views.length === 0) return "no test instances; packit-stacks deploy packit-service=614 makes one";
  const rows = views.map((view) => [
    view.name,
    view.place === undefined ? view.state : `${view.state} (${view.place})`,
    view.pulls.join(" "),
    view.holder?.name ?? "",
    view.createdAt === null ? "" : durationText(now - Date.parse(view.createdAt)),
    expiry(view, now),
    view.urls.dashboard ?? view.urls.api ?? "",
  ]);
  return table([["NAME", "STATE", "RUNS", "WHOSE", "AGE", "EXPIRES", "ADDRESS"], ...rows]);
}

function expiry({ expiresAt, keep, state }: InstanceView, now: number): string {
  if (expiresAt === null) return keep === undefined || state === "unknown" ? "" : "never";
  const left = Date.parse(expiresAt) - now;
  return left <= 0 ? "due" : `in ${durationText(left)}`;
}
