import type { ClusterObject, ClusterObjects } from "../objects";

/** A reference to a Secret or ConfigMap, and perhaps to some of its keys. */
export interface FilesReference {
  readonly kind: "Secret" | "ConfigMap";
  readonly namespace: string;
  readonly name: string;
  readonly keys?: readonly string[];
  /** The pod starts without it as well. */
  readonly optional?: boolean;
}

/** What of a reference is not there, with `where` in front. */
export function* missingFiles(
  where: string,
  reference: FilesReference,
  objects: ClusterObjects,
): Iterable<string> {
  const { kind, namespace, name, keys = [], optional = false } = reference;
  if (optional) return;
  const object = objects.find(kind, namespace, name);
  if (object === undefined) {
    yield `${where}: there is no ${kind} ${name} in ${namespace}`;
    return;
  }
  const known = keysOf(object);
  for (const key of keys) if (!known.has(key)) yield `${where}: ${kind} ${name} has no key ${key}`;
}

/** The keys of a Secret or ConfigMap. */
export function keysOf({ body }: ClusterObject): ReadonlySet<string> {
  const { data, stringData, binaryData } = body as Record<string, object | undefined>;
  return new Set(Object.keys({ ...data, ...stringData, ...binaryData }));
}
