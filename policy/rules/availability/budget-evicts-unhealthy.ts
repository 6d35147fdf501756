import type { Budget } from "../../cluster/budget";
import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A disruption budget lets pods go that do not work. */
export const budgetEvictsUnhealthy: ResourceRule = {
  id: "availability/budget-evicts-unhealthy",
  title: "A disruption budget lets pods go that do not work",
  why: "a broken pod would hold its node's update up for ever",
  fix: "set unhealthyPodEvictionPolicy to AlwaysAllow",
  severity: "medium",
  kinds: ["PodDisruptionBudget"],
  covers: ["availability/pdb-unhealthy"],
  counterparts: {
    kubeLinter: ["pdb-unhealthy-pod-eviction-policy"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { unhealthyPodEvictionPolicy } = kubernetesObject(resource)?.spec as Budget;
    if (unhealthyPodEvictionPolicy !== "AlwaysAllow") yield "it keeps pods that are not ready";
  },
};
