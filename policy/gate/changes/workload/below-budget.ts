import { DURABLE } from "../../../where";
import { kindOf, namespaceOf } from "../../kinds";
import type { Plan } from "../../plan";
import { podLabels, selects } from "../../pods";
import type { Problem, UnsafeChange } from "../../unsafe-change";
import { at, numberAt, same, shown, textAt } from "../../values";

/** Fewer pods run than their disruption budget has to keep. */
export const belowBudget: UnsafeChange = {
  id: "workload/below-budget",
  title: "As many pods run as their disruption budget keeps, and one more",
  why: "no node of the cluster can then be emptied, and its upgrade stops at this workload",
  instead: "lower minAvailable together with the replicas, or use maxUnavailable",
  where: DURABLE,
  *find({ changes }: Plan): Iterable<Problem> {
    const budgets = changes.filter(
      (change) => kindOf(change) === "PodDisruptionBudget" && change.after !== undefined,
    );
    for (const change of changes) {
      const { before, after } = change;
      if (!["Deployment", "StatefulSet"].includes(kindOf(change) ?? "") || after === undefined) continue;
      const to = numberAt(after.inputs, "spec", "replicas") ?? 1;
      for (const budget of budgets) {
        if (namespaceOf(budget.after) !== namespaceOf(after)) continue;
        const spec = at(budget.after?.inputs, "spec");
        if (!selects(at(spec, "selector", "matchLabels"), podLabels(change, after))) continue;
        const least = leastOf(spec, to);
        if (least === undefined || least < to) continue;
        const from = before === undefined ? undefined : (numberAt(before.inputs, "spec", "replicas") ?? 1);
        // It was so before.
        if (from === to && same(at(budget.before?.inputs, "spec"), spec)) continue;
        yield {
          change,
          says: `${to === 1 ? "one pod is" : `${to} pods are`} all that ${budget.name} has to keep`,
          from: shown(from),
          to: `${to}, of which ${least} must stay`,
        };
      }
    }
  },
};

/** How many pods a budget keeps; undefined when it says how many may be missing. */
function leastOf(spec: unknown, replicas: number): number | undefined {
  const share = /^(\d+)%$/.exec(textAt(spec, "minAvailable") ?? "")?.[1];
  return share === undefined ? numberAt(spec, "minAvailable") : Math.ceil((Number(share) / 100) * replicas);
}
