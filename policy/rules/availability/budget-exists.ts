import { budgetOf } from "../../cluster/budget";
import { sameNamespace, SeenObjects, templateLabels } from "../../cluster/objects";
import { selects } from "../../cluster/selector";
import type { StackRule } from "../../rule";

/** Several replicas have a disruption budget. */
export const budgetExists: StackRule = {
  id: "availability/budget-exists",
  title: "Several replicas have a disruption budget",
  why: "whoever empties nodes for maintenance takes all pods at once",
  fix: "leave the budget to the workload, which makes one for whatever has several pods",
  severity: "medium",
  kinds: ["Deployment", "StatefulSet"],
  covers: ["availability/pdb-exists"],
  counterparts: {
    kubeScore: ["deployment-has-poddisruptionbudget"],
    polaris: ["missingPodDisruptionBudget"],
    kyverno: ["require-pdb"],
    gatekeeper: ["K8sPodDisruptionBudget"],
  },
  holdsIn: ["prod"],
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const workload = objects.object(resource);
    const { replicas = 1 } = workload.spec as { readonly replicas?: number };
    if (replicas < 2) return;
    const labels = templateLabels(workload);
    const budgets = objects.ofKind("PodDisruptionBudget").filter((one) => sameNamespace(one, workload));
    if (!budgets.some((one) => selects(budgetOf(one).selector ?? {}, labels)))
      yield "no budget covers its pods";
  },
};
