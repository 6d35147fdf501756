import { existsSync } from "node:fs";

import * as z from "zod";

import type { Cluster } from "../../cluster";
import type { ProjectPaths } from "../../paths";
import { isOurs, trackedFile } from "../../stack-files";
import { stackOfNamespace } from "./candidate";
import { repositoryLeft } from "./left-repository";
import { namespacesOf } from "./look";

/** Kinds of objects outside namespaces that a stack may have, by their paths. */
const CLUSTER_WIDE: readonly (readonly [kind: string, path: string])[] = [
  ["clusterrole", "/apis/rbac.authorization.k8s.io/v1/clusterroles"],
  ["clusterrolebinding", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings"],
  ["persistentvolume", "/api/v1/persistentvolumes"],
  ["priorityclass", "/apis/scheduling.k8s.io/v1/priorityclasses"],
];

const objects = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** What others know of an instance. */
export interface Known {
  /** The leases that it has, by their names. */
  readonly leases: readonly string[];
  /** Whether the backend has its stack. */
  readonly hasStack: boolean;
}

/** What there is of an instance, a name each; after its destruction there should be nothing. */
export async function leftOf(
  paths: ProjectPaths,
  name: string,
  cluster: Cluster,
  { leases, hasStack }: Known,
): Promise<readonly string[]> {
  const [namespaces, repositories, ...others] = await Promise.all([
    namespacesOf(cluster),
    repositoryLeft(paths, name),
    ...CLUSTER_WIDE.map(([kind, path]) => labelled(cluster, kind, path, name)),
  ]);
  return [
    ...namespaces.filter((one) => stackOfNamespace(one)?.name === name).map((one) => `namespace ${one.name}`),
    ...others.flat(),
    ...leases.map((lease) => `lease ${lease}`),
    ...repositories,
    ...(hasStack ? [`stack ${name}`] : []),
    ...(existsSync(trackedFile(paths, name)) && isOurs(paths, name)
      ? [`settings file Pulumi.${name}.yaml`]
      : []),
  ];
}

/** Objects of one kind that carry the instance's label. Who may not look at them cannot have made any. */
async function labelled(
  cluster: Cluster,
  kind: string,
  path: string,
  name: string,
): Promise<readonly string[]> {
  const selector = encodeURIComponent(`app.kubernetes.io/part-of=packit,app.kubernetes.io/instance=${name}`);
  const { status, body } = await cluster.ask("GET", `${path}?labelSelector=${selector}`);
  if (status === 403 || status === 404) return [];
  if (status !== 200) return [`${kind}s cannot be listed (HTTP ${status})`];
  return objects.parse(body).items.map(({ metadata }) => `${kind} ${metadata.name}`);
}
