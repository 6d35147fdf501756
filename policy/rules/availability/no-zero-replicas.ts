import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** Nothing is scaled to nothing. */
export const noZeroReplicas: ResourceRule = {
  id: "availability/no-zero-replicas",
  title: "Nothing is scaled to nothing",
  why: "it is off, and whoever scaled it down may have forgotten it",
  fix: "turn the component off in the settings, or give it a replica",
  severity: "high",
  kinds: ["Deployment", "ReplicaSet", "StatefulSet"],
  counterparts: {
    gatekeeper: ["K8sReplicaLimits"],
  },
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    const { replicas = 1 } = kubernetesObject(resource)?.spec as { readonly replicas?: number };
    if (replicas < 1) yield "it has no replicas";
  },
};
