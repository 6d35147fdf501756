import type * as k8s from "@pulumi/kubernetes";

import { isWorld } from "../../cidr";
import { kubernetesObject, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A NetworkPolicy names whom it admits. */
export const policyAdmitsSomebody: ResourceRule = {
  id: "network/policy-admits-somebody",
  title: "A NetworkPolicy names whom it admits",
  why: "a rule without peers admits everybody, inside and outside the cluster (D26)",
  fix: "list the components or the router that may connect",
  severity: "high",
  kinds: ["NetworkPolicy"],
  counterparts: {
    kubeLinter: ["dangling-networkpolicypeer-podselector"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object?.kind !== "NetworkPolicy") return;
    const { ingress = [] } = object.spec as Written<k8s.types.output.networking.v1.NetworkPolicySpec>;
    for (const { from = [] } of ingress) {
      if (from.length === 0) yield "an ingress rule admits everybody";
      for (const { ipBlock } of from)
        if (ipBlock?.cidr !== undefined && isWorld(ipBlock.cidr)) yield `it admits ${ipBlock.cidr}`;
    }
  },
};
