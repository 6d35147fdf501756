import { budgetBelowReplicas } from "../../../policy/rules/availability/budget-below-replicas";
import { budgetEvictsUnhealthy } from "../../../policy/rules/availability/budget-evicts-unhealthy";
import { budgetExists } from "../../../policy/rules/availability/budget-exists";
import { budgetSaysSomething } from "../../../policy/rules/availability/budget-says-something";
import { noZeroReplicas } from "../../../policy/rules/availability/no-zero-replicas";
import { replicas } from "../../../policy/rules/availability/replicas";
import { rolling } from "../../../policy/rules/availability/rolling";
import { spread } from "../../../policy/rules/availability/spread";
import type { PolicyResource } from "../../../policy/resource";
import { at, pick, type Mutation } from "./mutation";

/** What the outside reaches, as production has it. */
function isPublic({ name }: PolicyResource): boolean {
  return ["nginx", "packit-dashboard", "packit-service"].includes(name);
}

export const availabilityMutations: readonly Mutation[] = [
  {
    rule: noZeroReplicas,
    what: "is scaled to nothing",
    change: ({ inputs }) => (inputs.spec.replicas = 0),
  },
  {
    rule: replicas,
    what: "runs once",
    to: isPublic,
    change: ({ inputs }, choice) => (inputs.spec.replicas = pick([0, 1, undefined], choice)),
  },
  {
    rule: rolling,
    what: "is away while it is replaced",
    to: isPublic,
    change: ({ inputs }, choice) =>
      (inputs.spec.strategy = pick(
        [{ type: "Recreate" }, { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%" } }],
        choice,
      )),
  },
  {
    rule: spread,
    what: "is not spread",
    change: ({ inputs }, choice) => {
      inputs.spec.replicas = 2 + (choice % 9);
      inputs.spec.template.spec.topologySpreadConstraints = pick([undefined, []], choice);
    },
  },
  {
    rule: budgetExists,
    what: "has several pods and no budget",
    to: (resource) => at(resource, "spec.replicas") === 1,
    change: ({ inputs }, choice) => (inputs.spec.replicas = 2 + (choice % 9)),
  },
  {
    rule: budgetSaysSomething,
    what: "blocks or says nothing",
    change: ({ inputs }, choice) => {
      delete inputs.spec.maxUnavailable;
      const bad = [{}, { maxUnavailable: 0 }, { maxUnavailable: "0%" }, { minAvailable: "100%" }];
      Object.assign(inputs.spec as object, pick(bad, choice));
    },
  },
  {
    rule: budgetBelowReplicas,
    what: "keeps all pods, or those of nobody",
    change: ({ inputs }, choice) => {
      const selector = pick(
        [inputs.spec.selector, { matchLabels: { component: "nobody" } }],
        choice,
      ) as object;
      inputs.spec = { selector, minAvailable: 2 + (choice % 9) };
    },
  },
  {
    rule: budgetEvictsUnhealthy,
    what: "keeps broken pods",
    change: ({ inputs }, choice) =>
      (inputs.spec.unhealthyPodEvictionPolicy = pick([undefined, "IfHealthyBudget"], choice)),
  },
];
