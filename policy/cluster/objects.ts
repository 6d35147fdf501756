import {
  containersOf,
  kubernetesObject,
  podSpecOf,
  type Container,
  type PodSpec,
  type Written,
} from "../kubernetes";
import type { PolicyResource, PolicyStack } from "../resource";
import { known } from "./known";
import type { Labels } from "./selector";

/** A Kubernetes object among all of its stack. */
export interface SeenObject {
  readonly resource: PolicyResource;
  readonly kind: string;
  readonly name: string;
  /** Undefined while it is not known. */
  readonly namespace: string | undefined;
  readonly labels: Labels;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The pods that one object makes. */
export interface SeenPods {
  /** The object that makes them. */
  readonly owner: SeenObject;
  readonly labels: Labels;
  readonly spec: PodSpec;
  readonly containers: readonly Container[];
}

/** All Kubernetes objects of a stack, as far as their values are known. */
export class SeenObjects {
  readonly pods: readonly SeenPods[];
  readonly #objects = new Map<PolicyResource, SeenObject>();
  readonly #kinds = new Map<string, SeenObject[]>();

  private constructor(resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      const object = seen(resource);
      if (object === undefined) continue;
      this.#objects.set(resource, object);
      const others = this.#kinds.get(object.kind);
      if (others === undefined) this.#kinds.set(object.kind, [object]);
      else others.push(object);
    }
    this.pods = [...this.#objects.values()].flatMap((object) => podsOf(object) ?? []);
  }

  static readonly #read = new WeakMap<readonly PolicyResource[], SeenObjects>();

  /** Reads a stack once, however many rules look at it. */
  static of({ resources }: PolicyStack): SeenObjects {
    const read = SeenObjects.#read.get(resources) ?? new SeenObjects(resources);
    SeenObjects.#read.set(resources, read);
    return read;
  }

  /** One of the stack's resources as an object. @throws Error when it is of another provider. */
  object(resource: PolicyResource): SeenObject {
    const object = this.#objects.get(resource) ?? seen(resource);
    if (object === undefined) throw new Error(`${resource.type} is no kind of Kubernetes`);
    return object;
  }

  ofKind(...kinds: readonly string[]): readonly SeenObject[] {
    return kinds.flatMap((kind) => this.#kinds.get(kind) ?? []);
  }

  /** An object of a kind in another one's namespace. */
  beside(other: SeenObject, kind: string, name: string): SeenObject | undefined {
    return this.ofKind(kind).find((object) => object.name === name && sameNamespace(object, other));
  }

  /** Pods in an object's namespace whose labels are wanted. */
  podsBeside(other: SeenObject, wanted: (labels: Labels) => boolean): readonly SeenPods[] {
    return this.pods.filter(({ owner, labels }) => sameNamespace(owner, other) && wanted(labels));
  }
}

/** Whether two objects are in one namespace, as far as it is known. */
export function sameNamespace(one: SeenObject, other: SeenObject): boolean {
  return one.namespace === undefined || other.namespace === undefined || one.namespace === other.namespace;
}

function seen(resource: PolicyResource): SeenObject | undefined {
  const object = kubernetesObject(resource);
  if (object === undefined) return undefined;
  const { kind, metadata, spec } = object;
  return {
    resource,
    kind,
    name: known(() => metadata.name) ?? resource.name,
    namespace: known(() => metadata.namespace),
    labels: known(() => copied(metadata.labels)) ?? {},
    spec,
  };
}

function podsOf(owner: SeenObject): SeenPods | undefined {
  const { resource } = owner;
  return known(() => {
    const spec = podSpecOf(resource);
    if (spec === undefined) return undefined;
    return { owner, labels: templateLabels(owner), spec, containers: containersOf(resource) };
  });
}

interface Templated {
  readonly template?: { readonly metadata?: { readonly labels?: Labels } };
  readonly jobTemplate?: { readonly spec?: Templated };
}

/** Labels of the pods that an object makes. */
export function templateLabels({ kind, labels, spec }: Pick<SeenObject, "kind" | "labels" | "spec">): Labels {
  if (kind === "Pod") return labels;
  const { template, jobTemplate } = spec as Templated;
  return copied((template ?? jobTemplate?.spec?.template)?.metadata?.labels) ?? {};
}

/** Reads every label, so that an unknown one shows here and nowhere else. */
function copied(labels: Written<Labels> | undefined): Labels | undefined {
  return labels === undefined ? undefined : ({ ...labels } as Labels);
}
