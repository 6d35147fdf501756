import type * as k8s from "@pulumi/kubernetes";

import type { PolicyResource } from "./resource";

/** A value as it was written down: any part may be missing. */
export type Written<T> = T extends readonly (infer Element)[]
  ? readonly Written<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Written<T[Key]> }
    : T;

export type PodSpec = Written<k8s.types.output.core.v1.PodSpec>;
export type Container = Written<k8s.types.output.core.v1.Container>;

/** What every Kubernetes object has, and what rules read of its body. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: Written<k8s.types.output.meta.v1.ObjectMeta>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The object that a resource stands for; undefined for resources of other providers. */
export function kubernetesObject(resource: PolicyResource): KubernetesObject | undefined {
  const [provider, , kind] = resource.type.split(":");
  if (provider !== "kubernetes" || kind === undefined) return undefined;
  const { metadata = {}, spec = {} } = resource.inputs as Partial<KubernetesObject>;
  return { kind, metadata, spec };
}

/** Kind and name, as one says it to `kubectl`; the name is the resource's own, which is always known. */
export function displayName(resource: PolicyResource): string {
  const kind = resource.type.split(":").at(-1) ?? resource.type;
  return `${kind}/${resource.name}`;
}

/** Kinds of objects that make pods. */
export const POD_MAKERS = [
  "CronJob",
  "DaemonSet",
  "Deployment",
  "DeploymentConfig",
  "Job",
  "Pod",
  "ReplicaSet",
  "ReplicationController",
  "StatefulSet",
] as const;

/** Kinds of objects whose pods run until they are stopped. */
export const LONG_RUNNING = POD_MAKERS.filter((kind) => !["CronJob", "Job", "Pod"].includes(kind));

type PodTemplate = Written<k8s.types.output.core.v1.PodTemplateSpec>;

/** What an object makes its pods of; undefined when it makes none. */
export function podTemplateOf(resource: PolicyResource): PodTemplate | undefined {
  const object = kubernetesObject(resource);
  switch (object?.kind) {
    case "Pod":
      return object;
    case "CronJob":
      return (object.spec as Written<k8s.types.output.batch.v1.CronJobSpec>).jobTemplate?.spec?.template;
    case "DaemonSet":
    case "Deployment":
    case "DeploymentConfig":
    case "Job":
    case "ReplicaSet":
    case "ReplicationController":
    case "StatefulSet":
      return (object.spec as Written<k8s.types.output.apps.v1.DeploymentSpec>).template;
    default:
      return undefined;
  }
}

/** The pods that an object makes; undefined when it makes none. */
export function podSpecOf(resource: PolicyResource): PodSpec | undefined {
  return podTemplateOf(resource)?.spec;
}

/** Annotations of the pods that an object makes. */
export function podAnnotationsOf(resource: PolicyResource): Readonly<Record<string, string | undefined>> {
  return podTemplateOf(resource)?.metadata?.annotations ?? {};
}

/** The field of a container's image as a trigger names it, in an object that makes pods. */
export function imageField(kind: string, container: string): string {
  const template = kind === "CronJob" ? "spec.jobTemplate.spec.template" : "spec.template";
  return `${template}.spec.containers[?(@.name=="${container}")].image`;
}

/** All containers of the pods that an object makes, those that only prepare them included. */
export function containersOf(resource: PolicyResource): readonly Container[] {
  const pods = podSpecOf(resource);
  return [...(pods?.initContainers ?? []), ...(pods?.containers ?? [])];
}
