import type { Area } from "../../rule";
import { autoscalerBounds } from "./autoscaler-bounds";
import { autoscalerTarget } from "./autoscaler-target";
import { budgetBelowReplicas } from "./budget-below-replicas";
import { budgetEvictsUnhealthy } from "./budget-evicts-unhealthy";
import { budgetExists } from "./budget-exists";
import { budgetSaysSomething } from "./budget-says-something";
import { noZeroReplicas } from "./no-zero-replicas";
import { replicas } from "./replicas";
import { rolling } from "./rolling";
import { spread } from "./spread";

/** What keeps answering while nodes and versions change. */
export const availability: Area = {
  name: "availability",
  title: "Staying up",
  rules: [
    autoscalerBounds,
    autoscalerTarget,
    budgetBelowReplicas,
    budgetEvictsUnhealthy,
    budgetExists,
    budgetSaysSomething,
    noZeroReplicas,
    replicas,
    rolling,
    spread,
  ],
  leftOut: {
    "priority-class":
      "which classes there are is the cluster's: the setting priorityClass gives one to all pods",
    "node-affinity": "nodes of the managed platform are all alike, and its scheduler knows them better",
  },
};
