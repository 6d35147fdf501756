import { type ApiClient, ApiError, type KubernetesObject, resourcePath } from "../api";
import { standIn } from "./names";

/** A namespace, as far as it is looked into here. */
export interface Namespace extends KubernetesObject {
  readonly status?: { readonly phase?: string };
}

/** Annotations that belong to the object they were set on and mean nothing on a copy. */
const ownAnnotations = ["kubectl.kubernetes.io/last-applied-configuration"];

/** Makes the namespace, or brings its labels and annotations up to date. */
export async function applyNamespace(
  api: ApiClient,
  name: string,
  { labels = {}, annotations = {} }: Pick<KubernetesObject["metadata"], "labels" | "annotations">,
): Promise<void> {
  const copied = Object.entries(annotations).filter(([key]) => !ownAnnotations.includes(key));
  await api.patch(namespacePath(name), "apply", standIn, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels, annotations: Object.fromEntries(copied) },
  });
}

/** Asks for the namespace's removal. `true` once it is gone. */
export async function removeNamespace(api: ApiClient, name: string): Promise<boolean> {
  try {
    const { metadata } = await api.get<Namespace>(namespacePath(name));
    if (metadata.deletionTimestamp === undefined) {
      await api.delete(namespacePath(name));
    }
    return false;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return true;
    }
    throw error;
  }
}

/** Whether pods can be made in it. */
export function isActive(namespace: Namespace | undefined): boolean {
  return namespace?.status?.phase === "Active" && namespace.metadata.deletionTimestamp === undefined;
}

function namespacePath(name: string): string {
  return resourcePath("v1", "namespaces", undefined, name);
}
