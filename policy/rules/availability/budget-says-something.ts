import type { Budget } from "../../cluster/budget";
import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A disruption budget has a limit and lets pods go. */
export const budgetSaysSomething: ResourceRule = {
  id: "availability/budget-says-something",
  title: "A disruption budget has a limit and lets pods go",
  why: "without a limit it does nothing; one that allows no disruption stops every update of the cluster's nodes",
  fix: "leave maxUnavailable at 1",
  severity: "high",
  kinds: ["PodDisruptionBudget"],
  covers: ["availability/pdb-blocks"],
  counterparts: {
    kubeLinter: ["pdb-max-unavailable", "pdb-min-available"],
    kubeScore: ["poddisruptionbudget-has-policy"],
    polaris: ["pdbDisruptionsIsZero"],
    kyverno: ["pdb-maxunavailable"],
    gatekeeper: ["K8sPodDisruptionBudget"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { maxUnavailable, minAvailable } = kubernetesObject(resource)?.spec as Budget;
    if (maxUnavailable === undefined && minAvailable === undefined) yield "it sets no limit";
    if (maxUnavailable !== undefined && /^0+%?$/.test(String(maxUnavailable))) yield "it lets no pod go";
    if (minAvailable === "100%") yield "it lets no pod go";
  },
};
