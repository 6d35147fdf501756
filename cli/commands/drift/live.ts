import type { Drift } from "../../../policy/drift/drift";
import { managerOf, type Manager } from "../../../policy/drift/manager";
import { type Cluster, clusterChoice, connect } from "../../cluster";
import type { Session } from "../../session";

/**
 * Who has set each drifted field, by its path, for each of the objects; nobody is named where only the engine knows
 * the cluster.
 */
export async function managersOf(
  session: Session,
  drifts: readonly Drift[],
): Promise<readonly ReadonlyMap<string, Manager>[]> {
  if (!session.local && session.cluster === undefined) return [];
  const cluster = await connect(clusterChoice(session.paths, session.cluster));
  const plurals = new Map<string, Promise<ReadonlyMap<string, string>>>();
  return Promise.all(
    drifts.map(async ({ fields, id, apiVersion, kind }) => {
      if (fields.length === 0 || id === undefined || apiVersion === undefined || kind === undefined)
        return new Map();
      const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
      const known = plurals.get(base) ?? pluralsOf(cluster, base);
      plurals.set(base, known);
      const plural = (await known).get(kind);
      if (plural === undefined) return new Map();
      const [name = "", namespace] = id.split("/").reverse();
      const within = namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
      const { status, body } = await cluster.ask(
        "GET",
        `${base}${within}/${plural}/${encodeURIComponent(name)}`,
      );
      if (status !== 200) return new Map();
      return new Map(
        fields.flatMap(({ path }) => {
          const manager = managerOf(body, path);
          return manager === undefined ? [] : [[path, manager] as const];
        }),
      );
    }),
  );
}

/** The names of kinds in addresses, for one version of an API group. */
async function pluralsOf(cluster: Cluster, base: string): Promise<ReadonlyMap<string, string>> {
  const { body } = await cluster.ask("GET", base);
  const { resources = [] } = body as { resources?: readonly { name: string; kind: string }[] };
  return new Map(resources.filter(({ name }) => !name.includes("/")).map(({ name, kind }) => [kind, name]));
}
