import type { Cluster } from "../../../../cluster";
import type { PlannedObject } from "../../../../planned";
import { failed, type Finding, ok, skipped, warning } from "../../check";
import type { ClusterFacts } from "./index";

const RESOURCES: Readonly<Record<string, string>> = {
  Deployment: "deployments",
  StatefulSet: "statefulsets",
};

/** Whether all pods of the Deployments and StatefulSets that are there are ready. */
export async function workloads({ cluster, objects, stack }: ClusterFacts): Promise<Finding> {
  const api = await cluster();
  const planned = (await objects()).filter(({ kind }) => kind in RESOURCES);
  const states = await Promise.all(planned.map((object) => stateOf(api, object)));
  const missing = states.filter(({ there }) => !there).map(({ name }) => name);
  if (missing.length === states.length) return skipped("nothing is deployed yet");
  const unready = states.flatMap(({ problem }) => problem ?? []);
  if (unready.length > 0) {
    const { namespace = "" } = planned[0] ?? {};
    return failed(unready.join("\n"), `kubectl describe pods -n ${namespace}, and kubectl logs, say why`);
  }
  if (missing.length > 0)
    return warning(`not there: ${missing.join(", ")}`, `make up STACK=${stack} makes them`);
  return ok(`all ${states.length} are ready`);
}

interface State {
  readonly name: string;
  readonly there: boolean;
  readonly problem?: string;
}

async function stateOf(api: Cluster, planned: PlannedObject): Promise<State> {
  const { apiVersion, kind, namespace, name } = planned;
  const path = `/apis/${apiVersion}/namespaces/${namespace}/${RESOURCES[kind] ?? ""}/${name}`;
  const { status, body } = await api.ask("GET", path);
  if (status === 404) return { name, there: false };
  if (status !== 200) return { name, there: true, problem: `${name} cannot be looked at (HTTP ${status})` };
  const { status: state } = body as { status?: { readyReplicas?: number } };
  const wanted = (planned.body.spec as { replicas?: number }).replicas ?? 1;
  const ready = state?.readyReplicas ?? 0;
  return {
    name,
    there: true,
    ...(ready < wanted && { problem: `${name}: ${ready} of ${wanted} pods are ready` }),
  };
}
