import * as k8s from "@pulumi/kubernetes";

import { autoscalerBounds } from "../../../policy/rules/availability/autoscaler-bounds";
import { autoscalerTarget } from "../../../policy/rules/availability/autoscaler-target";
import { budgetBelowReplicas } from "../../../policy/rules/availability/budget-below-replicas";
import { budgetEvictsUnhealthy } from "../../../policy/rules/availability/budget-evicts-unhealthy";
import { budgetExists } from "../../../policy/rules/availability/budget-exists";
import { budgetSaysSomething } from "../../../policy/rules/availability/budget-says-something";
import { noZeroReplicas } from "../../../policy/rules/availability/no-zero-replicas";
import { replicas } from "../../../policy/rules/availability/replicas";
import { rolling } from "../../../policy/rules/availability/rolling";
import { spread } from "../../../policy/rules/availability/spread";
import type { Case } from "../cases";
import { metadata, withExtra } from "../extra";

const API = "Deployment/packit-service";
const BUDGET = "PodDisruptionBudget/packit-service";
const AUTOSCALER = "HorizontalPodAutoscaler/scaled";

const scaled = withExtra(
  () =>
    new k8s.autoscaling.v2.HorizontalPodAutoscaler("scaled", {
      metadata: metadata("scaled"),
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "packit-service" },
        minReplicas: 2,
        maxReplicas: 4,
      },
    }),
);

export const availabilityCases: readonly Case[] = [
  {
    rule: noZeroReplicas,
    on: "StatefulSet/packit-worker-long-running",
    good: ({ inputs }) => (inputs.spec.replicas = 1),
    bad: ({ inputs }) => (inputs.spec.replicas = 0),
    says: ["StatefulSet/packit-worker-long-running: it has no replicas"],
  },
  {
    rule: replicas,
    on: API,
    bad: ({ inputs }) => (inputs.spec.replicas = 1),
    says: [`${API}: it is reached from outside and has 1 of 2 replicas`],
  },
  {
    rule: spread,
    on: API,
    good: ({ inputs }) => {
      delete inputs.spec.template.spec.topologySpreadConstraints;
      inputs.spec.replicas = 1;
    },
    bad: ({ inputs }) => delete inputs.spec.template.spec.topologySpreadConstraints,
    says: [`${API}: nothing keeps its 2 pods apart`],
  },
  {
    rule: budgetExists,
    on: BUDGET,
    bad: ({ inputs }) => (inputs.spec.selector.matchLabels.component = "nginx"),
    says: [`${API}: no budget covers its pods`],
  },
  {
    rule: budgetSaysSomething,
    on: BUDGET,
    bad: ({ inputs }) => delete inputs.spec.maxUnavailable,
    says: [`${BUDGET}: it sets no limit`],
    when: "without a limit",
  },
  {
    rule: budgetSaysSomething,
    on: BUDGET,
    good: ({ inputs }) => (inputs.spec.maxUnavailable = "50%"),
    bad: ({ inputs }) => (inputs.spec.maxUnavailable = 0),
    says: [`${BUDGET}: it lets no pod go`],
    when: "one that blocks",
  },
  {
    rule: budgetBelowReplicas,
    on: BUDGET,
    good: ({ inputs }) => (inputs.spec = { selector: inputs.spec.selector, minAvailable: 1 }),
    bad: ({ inputs }) => (inputs.spec = { selector: inputs.spec.selector, minAvailable: 2 }),
    says: [`${BUDGET}: it keeps 2 of the 2 pods of packit-service`],
  },
  {
    rule: budgetEvictsUnhealthy,
    on: BUDGET,
    bad: ({ inputs }) => (inputs.spec.unhealthyPodEvictionPolicy = "IfHealthyBudget"),
    says: [`${BUDGET}: it keeps pods that are not ready`],
  },
  {
    rule: autoscalerTarget,
    in: scaled,
    on: AUTOSCALER,
    bad: ({ inputs }) => (inputs.spec.scaleTargetRef.name = "packit-api"),
    says: [`${AUTOSCALER}: there is no Deployment packit-api in its namespace`],
  },
  {
    rule: autoscalerBounds,
    in: scaled,
    on: AUTOSCALER,
    bad: ({ inputs }) => (inputs.spec.maxReplicas = 2),
    says: [`${AUTOSCALER}: it cannot go above 2`],
  },
  {
    rule: rolling,
    on: API,
    bad: ({ inputs }) => (inputs.spec.strategy = { type: "Recreate" }),
    says: [`${API}: it is reached from outside, and its strategy is Recreate`],
  },
  {
    rule: rolling,
    on: "Deployment/packit-dashboard",
    in: "stg",
    bad: ({ inputs }) => (inputs.spec.strategy.rollingUpdate.maxUnavailable = 1),
    says: ["Deployment/packit-dashboard: all its pods may be away at once"],
    when: "all at once",
  },
];
