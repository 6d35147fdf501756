import { kubernetesObject, podSpecOf } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Replicas are spread over nodes. */
export const spread: ResourceRule = {
  id: "availability/spread",
  title: "Replicas are spread over nodes",
  why: "they would all go with one node",
  fix: "leave the spread to the workload, which gives it to whatever has several pods",
  severity: "medium",
  kinds: ["Deployment", "StatefulSet"],
  covers: ["availability/anti-affinity", "availability/topology-spread"],
  counterparts: {
    kubeLinter: ["no-anti-affinity"],
    kubeScore: [
      "deployment-has-host-podantiaffinity",
      "statefulset-has-host-podantiaffinity",
      "pod-topology-spread-constraints",
    ],
    polaris: ["topologySpreadConstraint"],
    kyverno: ["spread-pods-across-topology"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { replicas = 1 } = kubernetesObject(resource)?.spec as { readonly replicas?: number };
    if (replicas < 2) return;
    const { topologySpreadConstraints = [], affinity } = podSpecOf(resource) ?? {};
    if (topologySpreadConstraints.length === 0 && affinity?.podAntiAffinity === undefined)
      yield `nothing keeps its ${replicas} pods apart`;
  },
};
