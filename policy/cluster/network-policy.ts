import type * as k8s from "@pulumi/kubernetes";

import type { Written } from "../kubernetes";
import type { SeenObject } from "./objects";
import type { Selector } from "./selector";

type Spec = Written<k8s.types.output.networking.v1.NetworkPolicySpec>;

/** Which pods of its namespace a NetworkPolicy is about. */
export function podSelectorOf({ spec }: SeenObject): Selector {
  return ((spec as Spec).podSelector ?? {}) as Selector;
}

/** Whether a NetworkPolicy closes its pods to all that it does not admit. */
export function closesIngress({ spec }: SeenObject): boolean {
  const { policyTypes = ["Ingress"] } = spec as Spec;
  return policyTypes.includes("Ingress");
}
