import type { ApiClient, KubernetesObject } from "../api";
import { namespaceFinalizer, standIn } from "./names";

/** Whether the object waits for its namespace to go. */
export function hasFinalizer({ metadata: { finalizers = [] } }: KubernetesObject): boolean {
  return finalizers.includes(namespaceFinalizer);
}

/** Makes the object stay until {@link removeFinalizer}. */
export async function addFinalizer(api: ApiClient, path: string, object: KubernetesObject): Promise<void> {
  await setFinalizers(api, path, object, [...(object.metadata.finalizers ?? []), namespaceFinalizer]);
}

export async function removeFinalizer(api: ApiClient, path: string, object: KubernetesObject): Promise<void> {
  const others = (object.metadata.finalizers ?? []).filter((finalizer) => finalizer !== namespaceFinalizer);
  await setFinalizers(api, path, object, others);
}

/** The version makes the API server refuse a change that is based on an old copy. */
async function setFinalizers(
  api: ApiClient,
  path: string,
  { metadata: { resourceVersion } }: KubernetesObject,
  finalizers: readonly string[],
): Promise<void> {
  await api.patch(path, "merge", standIn, { metadata: { resourceVersion, finalizers } });
}
