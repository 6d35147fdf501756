import { budgetOf } from "../../cluster/budget";
import { SeenObjects } from "../../cluster/objects";
import { selects } from "../../cluster/selector";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A disruption budget allows fewer than there are. */
export const budgetBelowReplicas: StackRule = {
  id: "availability/budget-below-replicas",
  title: "A disruption budget allows fewer than there are",
  why: "it lets no pod go, and every update of the cluster's nodes waits for somebody",
  fix: "set maxUnavailable to 1, or more replicas",
  severity: "high",
  kinds: ["PodDisruptionBudget"],
  covers: ["availability/pdb-replicas"],
  counterparts: {
    kubeLinter: ["pdb-min-available"],
    kyverno: ["pdb-minavailable"],
    polaris: ["pdbMinAvailableGreaterThanHPAMinReplicas"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const budget = objects.object(resource);
    const { selector = {}, minAvailable } = budgetOf(budget);
    const selected = objects.podsBeside(budget, (labels) => selects(selector, labels));
    if (selected.length === 0) yield "it selects no pods of its namespace";
    if (typeof minAvailable !== "number") return;
    for (const { owner } of selected) {
      const { replicas = 1 } = owner.spec as { readonly replicas?: number };
      if (replicas <= minAvailable) yield `it keeps ${minAvailable} of the ${replicas} pods of ${owner.name}`;
    }
  },
};
