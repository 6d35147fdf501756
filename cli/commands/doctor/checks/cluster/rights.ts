import type { Cluster } from "../../../../cluster";
import type { PlannedObject } from "../../../../planned";
import { failed, type Finding, ok } from "../../check";
import type { ClusterFacts } from "./index";

/** What the engine does with an object of its own. */
const VERBS = ["get", "list", "watch", "create", "patch", "delete"];

/** What it reads to see whether a workload has come up. */
const WATCHED = [{ group: "", resource: "pods", verbs: ["get", "list", "watch"] }];

/** Questions that are asked at once. */
const AT_ONCE = 8;

interface Right {
  readonly group: string;
  readonly resource: string;
  readonly namespace: string;
  readonly verb: string;
  readonly name?: string;
}

/** Whether the user may do with every kind of object what a deployment does, and whether the cluster has them all. */
export async function rights({ cluster, objects, durable }: ClusterFacts): Promise<Finding> {
  const api = await cluster();
  const planned = await objects();
  const served = await servedKinds(api, [...new Set(planned.map(({ apiVersion }) => apiVersion))]);
  const unserved = [...new Set(planned.map(kindOf).filter((kind) => !served.has(kind)))];
  if (unserved.length > 0) {
    return failed(
      `the cluster has no ${unserved.join(", ")}`,
      "packit:platform names another kind of cluster than this is",
    );
  }
  const needed = await neededRights(api, planned, served, durable);
  const answers = await inTurns(needed, async (right) => ({ right, allowed: await isAllowed(api, right) }));
  const denied = answers.filter(({ allowed }) => !allowed).map(({ right }) => right);
  if (denied.length === 0) return ok(`you may do all ${needed.length} things that a deployment does`);
  return failed(
    inWords(denied).join("\n"),
    "ask the cluster's administrators for the role admin in these namespaces, and for the namespaces themselves",
  );
}

function kindOf({ apiVersion, kind }: PlannedObject): string {
  return `${apiVersion} ${kind}`;
}

/** Names of resources by kind, such as `apps/v1 Deployment`: `deployments`. */
async function servedKinds(api: Cluster, versions: readonly string[]): Promise<Map<string, string>> {
  const lists = await Promise.all(
    versions.map(async (version) => {
      const path = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
      const { body } = await api.ask("GET", path);
      const { resources = [] } = body as { resources?: { name: string; kind: string }[] };
      const own = resources.filter(({ name }) => !name.includes("/"));
      return own.map(({ name, kind }) => [`${version} ${kind}`, name] as const);
    }),
  );
  return new Map(lists.flat());
}

async function neededRights(
  api: Cluster,
  planned: readonly PlannedObject[],
  served: ReadonlyMap<string, string>,
  durable: boolean,
): Promise<readonly Right[]> {
  const needed = new Map<string, Right>();
  const add = (right: Right) => needed.set(JSON.stringify(right), right);
  for (const object of planned) {
    const group = object.apiVersion.includes("/") ? (object.apiVersion.split("/")[0] ?? "") : "";
    const resource = served.get(kindOf(object)) ?? "";
    const { namespace, name } = object;
    if (namespace !== "") {
      for (const verb of VERBS) add({ group, resource, namespace, verb });
      for (const { verbs, ...pods } of WATCHED) for (const verb of verbs) add({ ...pods, namespace, verb });
    } else {
      // A namespace that others have made need not be made, and one that holds data is never deleted.
      const exists = (await api.ask("GET", pathOf(object, resource))).status === 200;
      const verbs = exists ? ["get", "patch"] : ["get", "create", "patch"];
      for (const verb of [...verbs, ...(durable ? [] : ["delete"])]) {
        add({ group, resource, namespace: "", verb, ...(verb !== "create" && { name }) });
      }
    }
  }
  return [...needed.values()];
}

function pathOf({ apiVersion, name }: PlannedObject, resource: string): string {
  return `/${apiVersion.includes("/") ? "apis" : "api"}/${apiVersion}/${resource}/${name}`;
}

async function isAllowed(api: Cluster, { namespace, name, ...right }: Right): Promise<boolean> {
  const attributes = {
    ...right,
    ...(namespace !== "" && { namespace }),
    ...(name !== undefined && { name }),
  };
  const { body } = await api.ask("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: attributes },
  });
  return (body as { status?: { allowed?: boolean } }).status?.allowed === true;
}

/** One line for each resource and place, with all its verbs. */
function inWords(denied: readonly Right[]): string[] {
  const verbs = new Map<string, string[]>();
  for (const { group, resource, namespace, verb } of denied) {
    const what = group === "" ? resource : `${resource}.${group}`;
    const where = namespace === "" ? what : `${what} in ${namespace}`;
    verbs.set(where, [...(verbs.get(where) ?? []), ...(verbs.get(where)?.includes(verb) ? [] : [verb])]);
  }
  return [...verbs].map(([where, which]) => `you may not ${which.join(", ")} ${where}`);
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
}
