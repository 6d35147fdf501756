import { kindOf } from "./kinds";
import type { Change } from "./plan";

/**
 * Fields that the Kubernetes provider cannot change in place: it replaces the object. By kind; `*` is every kind.
 * Taken from its `forceNewProperties`. A claim's size is not among them: the API server refuses a smaller one.
 */
const FORCE_NEW: Readonly<Record<string, readonly string[]>> = {
  "*": ["metadata.name", "metadata.namespace"],
  PersistentVolumeClaim: ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
  PersistentVolume: ["spec"],
  StatefulSet: [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  Deployment: ["spec.selector"],
  DaemonSet: ["spec.selector"],
  Job: ["spec.template", "spec.selector", "spec.completions", "spec.parallelism"],
  Service: ["spec.clusterIP"],
  RoleBinding: ["roleRef"],
  ClusterRoleBinding: ["roleRef"],
  StorageClass: ["parameters", "provisioner"],
  ResourceQuota: ["spec.scopes"],
  Secret: ["type"],
  Pod: ["spec"],
};

/** Fields of a PersistentVolume's spec that can be changed. */
const VOLUME_MUTABLE =
  /^spec\.(?:capacity|persistentVolumeReclaimPolicy|accessModes|mountOptions|claimRef)\b/;

/** The changed fields for which an object has to be made anew, by the table. */
export function forcingFields(change: Change): readonly string[] {
  const kind = kindOf(change);
  if (kind === undefined) return [];
  const fields = [...(FORCE_NEW["*"] ?? []), ...(FORCE_NEW[kind] ?? [])];
  return change.differences
    .map(({ path }) => path)
    .filter((path) => fields.some((field) => path === field || isWithin(path, field)))
    .filter((path) => kind !== "PersistentVolume" || !VOLUME_MUTABLE.test(path));
}

/** Why a change replaces its resource, for people; undefined when it does not. */
export function whyReplaced(change: Change): string | undefined {
  if (change.action !== "replace") return undefined;
  const forcing = forcingFields(change);
  const kind = kindOf(change) ?? change.type;
  if (forcing.length > 0) return `${list(forcing)} of a ${kind} cannot be changed in place`;
  if (change.replaceReasons.length > 0) return `the provider replaces it for ${list(change.replaceReasons)}`;
  return "the preview does not tell why: somebody may have asked for it, or its provider is replaced";
}

function isWithin(path: string, field: string): boolean {
  return path.startsWith(field) && /^[.[]/.test(path.slice(field.length));
}

function list(fields: readonly string[]): string {
  const few = fields.slice(0, 3).join(", ");
  return fields.length > 3 ? `${few} and ${fields.length - 3} more` : few;
}
