import { type ApiClient, type KubernetesObject, resourcePath } from "../api";
import { addFinalizer, hasFinalizer, removeFinalizer } from "./finalizer";
import { standIn } from "./names";
import { applyNamespace, isActive, type Namespace, removeNamespace } from "./namespaces";
import { WorkQueue } from "./queue";
import { keyOf, Reflector } from "./reflector";

/** A kind of which each object has a namespace of its own. */
export interface NamespaceOwner<T extends KubernetesObject> {
  readonly apiVersion: string;
  readonly plural: string;
  /** Name of the object's namespace; absent when the object can have none. */
  readonly namespaceOf: (object: T) => string | undefined;
  /** What the object's status should say, absent when it says so already. */
  readonly statusFor: (object: T, active: boolean) => object | undefined;
}

/** Gives each object its namespace, with the object's labels and annotations; both go together. */
export function ownNamespaces<T extends KubernetesObject>(
  api: ApiClient,
  namespaces: Reflector<Namespace>,
  { apiVersion, plural, namespaceOf, statusFor }: NamespaceOwner<T>,
): Reflector<T> {
  const reflector = new Reflector<T>(api, resourcePath(apiVersion, plural));
  const queue = new WorkQueue(plural, async (key) => {
    const object = reflector.get(key);
    if (object !== undefined) {
      await reconcile(object);
    }
  });
  reflector.onChange((key) => {
    queue.add(key);
  });
  namespaces.onChange((name) => {
    for (const object of reflector.all().filter((candidate) => namespaceOf(candidate) === name)) {
      queue.add(keyOf(object));
    }
  });

  async function reconcile(object: T): Promise<void> {
    const { name, namespace, deletionTimestamp } = object.metadata;
    const path = resourcePath(apiVersion, plural, namespace, name);
    const owned = namespaceOf(object);
    if (deletionTimestamp !== undefined) {
      if (hasFinalizer(object) && (owned === undefined || (await removeNamespace(api, owned)))) {
        await removeFinalizer(api, path, object);
      }
      return;
    }
    if (owned !== undefined) {
      if (!hasFinalizer(object)) {
        // The change comes back as an event, and the rest is done then.
        await addFinalizer(api, path, object);
        return;
      }
      await applyNamespace(api, owned, object.metadata);
    }
    const status = statusFor(object, owned !== undefined && isActive(namespaces.get(owned)));
    if (status !== undefined) {
      await api.patch(`${path}/status`, "merge", standIn, { status });
    }
  }
  return reflector;
}
