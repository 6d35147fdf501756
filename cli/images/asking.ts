import type { Cluster } from "../cluster";

/** The object at a path; undefined when there is none, or no such kind. @throws Error when the server refuses. */
export async function find<T>(cluster: Cluster, path: string): Promise<T | undefined> {
  const { status, body } = await cluster.ask("GET", path);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(refusal(cluster, path, status, body));
  return body as T;
}

/** The objects of a namespace that belong to a stack's instance; none where there is no such kind. */
export async function listOf<T>(cluster: Cluster, path: string, instance: string): Promise<readonly T[]> {
  const selector = encodeURIComponent(`app.kubernetes.io/instance=${instance}`);
  return (await find<{ items: readonly T[] }>(cluster, `${path}?labelSelector=${selector}`))?.items ?? [];
}

/** Path of an object, or of a collection when no name is given. */
export function pathOf(apiVersion: string, plural: string, namespace: string, name?: string): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return [root, "namespaces", namespace, plural, ...(name === undefined ? [] : [name])].join("/");
}

/** What an API server's refusal comes to. */
export function refusal({ server }: Cluster, path: string, status: number, body: unknown): string {
  const said = (body as { message?: string } | null)?.message;
  return `${server} refuses ${path}: ${said ?? `HTTP ${status}`}`;
}
