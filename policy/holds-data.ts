import { DISPOSABLE_ANNOTATION } from "../components/platform/disposable";
import { kubernetesObject } from "./kubernetes";
import type { PolicyResource } from "./resource";

/** Kinds of Kubernetes that data goes with when they are deleted: volumes, and whatever holds them. */
const KINDS = [
  "Namespace",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Project",
  "StatefulSet",
  "TenantNamespace",
];

/** The same in AWS. */
const TYPES = [
  "aws:dynamodb/table:Table",
  "aws:ebs/volume:Volume",
  "aws:ec2/eip:Eip",
  "aws:kms/key:Key",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
];

/** Whether data is lost with a resource. */
export function holdsData(resource: PolicyResource): boolean {
  const object = kubernetesObject(resource);
  return object === undefined ? TYPES.includes(resource.type) : KINDS.includes(object.kind);
}

/** Whether what it holds can be made again, as its annotation says. */
export function isDisposable(resource: PolicyResource): boolean {
  const { annotations = {} } = kubernetesObject(resource)?.metadata ?? {};
  return annotations[DISPOSABLE_ANNOTATION] === "true";
}
