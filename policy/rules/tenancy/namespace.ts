import { kubernetesObject } from "../../kubernetes";
import { mayUseNamespace } from "../../tenant";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every object is in a namespace of its stack. */
export const namespace: StackRule = {
  id: "tenancy/namespace",
  title: "Every object is in a namespace of its stack",
  why: "a test instance would change production, or one environment another",
  fix: "leave the namespace to the stack's name, or take one that is free",
  severity: "critical",
  kinds: "all",
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const object = kubernetesObject(resource);
    if (object === undefined) return;
    const { namespace, name } = object.metadata;
    if (namespace !== undefined && !mayUseNamespace(stack.name, namespace))
      yield `${namespace} belongs to another stack`;
    // What makes a namespace is called after it; on the managed platform without the tenant's prefix.
    if (NAMESPACES.includes(object.kind) && name !== undefined && !mayUseNamespace(stack.name, name))
      yield `it makes ${name}, which belongs to another stack`;
  },
};

const NAMESPACES = ["Namespace", "Project"];
