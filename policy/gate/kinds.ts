import { DISPOSABLE_ANNOTATION } from "../../components/platform/disposable";
import type { Change, State } from "./plan";
import { listAt, textAt } from "./values";

/** Whatever else is inside goes with these. */
const NAMESPACES = new Set(["Namespace", "Project", "TenantNamespace"]);

/** Resources that hold something that cannot be made again, with what that is. */
const HELD: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: "the volume and all data on it",
  PersistentVolume: "the volume and all data on it",
  StatefulSet: "the pods' claims to their volumes",
  "aws:ec2/eip:Eip": "the public address, which others have in their firewalls and DNS",
  "aws:ebs/volume:Volume": "the disk and all data on it",
  "aws:ebs/snapshot:Snapshot": "the snapshot",
  "aws:ec2/volume:Volume": "the disk and all data on it",
  "aws:efs/fileSystem:FileSystem": "the file system and all data on it",
  "aws:s3/bucket:Bucket": "the bucket and all objects in it",
  "aws:s3/bucketV2:BucketV2": "the bucket and all objects in it",
  "aws:kms/key:Key": "the key, and with it everything that it has encrypted",
  "aws:route53/zone:Zone": "the zone with all records, and its name servers",
  "aws:rds/instance:Instance": "the database and its automatic backups",
  "aws:rds/cluster:Cluster": "the databases and their automatic backups",
  "aws:dynamodb/table:Table": "the table and all data in it",
};

/** Kind of a Kubernetes object; undefined for resources of other providers. */
export function kindOf({ type }: Pick<Change, "type">): string | undefined {
  const [provider, , kind] = type.split(":");
  return provider === "kubernetes" ? kind : undefined;
}

export function isNamespace(change: Pick<Change, "type">): boolean {
  return NAMESPACES.has(kindOf(change) ?? "");
}

/** What is lost with a resource; undefined when it can be made again. */
export function heldBy(change: Pick<Change, "type">, state: State | undefined): string | undefined {
  if (state === undefined || isDisposable(state)) return undefined;
  const kind = kindOf(change);
  const held = HELD[kind ?? change.type];
  if (kind !== "StatefulSet") return held;
  return listAt(state.inputs, "spec", "volumeClaimTemplates").length > 0 ? held : undefined;
}

/** Whether somebody has said that a resource holds nothing that cannot be made again. */
export function isDisposable(state: State): boolean {
  return textAt(state.inputs, "metadata", "annotations", DISPOSABLE_ANNOTATION) === "true";
}

/** Namespace of a Kubernetes object, if its inputs say. */
export function namespaceOf(state: State | undefined): string | undefined {
  return textAt(state?.inputs, "metadata", "namespace");
}

/** Name of a Kubernetes object in its cluster, if its inputs say. */
export function objectName(state: State | undefined): string | undefined {
  return textAt(state?.inputs, "metadata", "name");
}

/** Kind and name as one says it; the name is the resource's own within the stack. */
export function displayName({ type, name }: Pick<Change, "type" | "name">): string {
  return `${type.split(":").at(-1) ?? type}/${name}`;
}
