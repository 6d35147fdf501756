import {
  containersOf,
  kubernetesObject,
  podSpecOf,
  type Container,
  type PodSpec,
} from "../../policy/kubernetes";
import type { PolicyResource } from "../../policy/resource";
import type { Labels } from "../../policy/cluster/selector";
import { NO_LABELS } from "./no-labels";

/** A Kubernetes object as a program registered it. */
export interface ClusterObject {
  readonly kind: string;
  /** Kind and name, for messages. */
  readonly title: string;
  readonly name: string;
  /** Empty for objects outside any namespace. */
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** The fields as registered; reach into them as the kind's schema says. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- objects of many kinds are read here
  readonly body: Record<string, any>;
}

/** The pods that one object makes. */
export interface Pods {
  /** The object that makes them. */
  readonly owner: ClusterObject;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
  readonly containers: readonly Container[];
  /** Volumes that come from a StatefulSet's claim templates. */
  readonly claimTemplates: readonly string[];
}

/** All Kubernetes objects of a stack. */
export class ClusterObjects {
  readonly all: readonly ClusterObject[];
  readonly pods: readonly Pods[];

  /** @param resources - What a program registered; resources of other providers are left out. */
  constructor(resources: readonly PolicyResource[]) {
    const registered = resources.filter((resource) => kubernetesObject(resource) !== undefined);
    const read = registered.map((resource) => ({ resource, object: clusterObject(resource) }));
    this.all = read.map(({ object }) => object);
    this.pods = read.flatMap(({ resource, object }) => podsOf(resource, object));
  }

  /** Objects of a kind, in one namespace or in all. */
  ofKind(kind: string, namespace?: string): readonly ClusterObject[] {
    return this.all.filter(
      (object) => object.kind === kind && (namespace === undefined || object.namespace === namespace),
    );
  }

  /** The object by which a namespace is made, on whatever platform. */
  namespace(name: string): ClusterObject | undefined {
    const [, tenant = "", requested = ""] = /^(.+?)--(.+)$/.exec(name) ?? [];
    return (
      this.find("Namespace", "", name) ??
      this.find("Project", "", name) ??
      this.find("TenantNamespace", `${tenant}--config`, requested)
    );
  }

  find(kind: string, namespace: string, name: string): ClusterObject | undefined {
    return this.ofKind(kind, namespace).find((object) => object.name === name);
  }
}

function clusterObject({ type, name, inputs }: PolicyResource): ClusterObject {
  const kind = type.split(":").at(-1) ?? type;
  const metadata = (inputs.metadata ?? {}) as {
    name?: string;
    namespace?: string;
    labels?: Labels;
    annotations?: Labels;
  };
  const objectName = metadata.name ?? name;
  return {
    kind,
    title: `${kind}/${objectName}`,
    name: objectName,
    namespace: metadata.namespace ?? "",
    labels: metadata.labels ?? NO_LABELS,
    annotations: metadata.annotations ?? NO_LABELS,
    body: inputs,
  };
}

function podsOf(resource: PolicyResource, owner: ClusterObject): Pods[] {
  const spec = podSpecOf(resource);
  if (spec === undefined) return [];
  const { body } = owner;
  const template = owner.kind === "CronJob" ? body.spec.jobTemplate.spec.template : body.spec.template;
  const { metadata } = (owner.kind === "Pod" ? body : template) as { metadata?: { labels?: Labels } };
  const templates = (body.spec.volumeClaimTemplates ?? []) as { metadata: { name: string } }[];
  return [
    {
      owner,
      namespace: owner.namespace,
      labels: metadata?.labels ?? NO_LABELS,
      spec,
      containers: containersOf(resource),
      claimTemplates: templates.map((claim) => claim.metadata.name),
    },
  ];
}
