import { bounds } from "../../../policy/rules/resources/bounds";
import { guaranteed } from "../../../policy/rules/resources/guaranteed";
import { limits } from "../../../policy/rules/resources/limits";
import { ratio } from "../../../policy/rules/resources/ratio";
import { scratchLimits } from "../../../policy/rules/resources/scratch-limits";
import type { Case } from "../cases";
import { container, containerWith, pods } from "../drafts";

export const resourcesCases: readonly Case[] = [
  {
    rule: limits,
    on: "Deployment/packit-service",
    bad: (draft) => {
      delete container(draft).resources.limits.memory;
    },
    says: ["Deployment/packit-service: container packit-service lacks limits.memory"],
  },
  {
    rule: ratio,
    on: "Deployment/packit-service",
    good: containerWith({ resources: { requests: { memory: "100Mi" }, limits: { memory: "1600Mi" } } }),
    bad: containerWith({ resources: { requests: { memory: "100Mi" }, limits: { memory: "1650Mi" } } }),
    says: [
      "Deployment/packit-service: container packit-service may take 16.5 times the memory that it is promised",
    ],
  },
  {
    rule: bounds,
    on: "Deployment/packit-service",
    when: "above",
    good: containerWith({ resources: { requests: { cpu: "1.5" }, limits: { cpu: "1500m" } } }),
    bad: containerWith({ resources: { requests: { cpu: "2" }, limits: { cpu: "1500m" } } }),
    says: ["Deployment/packit-service: container packit-service requests 2 of cpu and is limited to 1500m"],
  },
  {
    rule: bounds,
    on: "Deployment/packit-service",
    when: "no quantities",
    bad: containerWith({ resources: { requests: { memory: "1 GB" }, limits: { memory: "much" } } }),
    says: [
      "Deployment/packit-service: container packit-service requests 1 GB of memory",
      "Deployment/packit-service: container packit-service is limited to much of memory",
    ],
  },
  {
    rule: guaranteed,
    on: "Deployment/postgres-15",
    bad: (draft) => {
      container(draft).resources.requests.memory = "64Mi";
    },
    says: ["Deployment/postgres-15: container postgres is promised 64Mi memory and may take 4Gi"],
  },
  {
    rule: scratchLimits,
    on: "Deployment/packit-service",
    good: (draft) => {
      pods(draft).volumes.push({ name: "more", emptyDir: { sizeLimit: "1Gi" } });
    },
    bad: (draft) => {
      pods(draft).volumes.push({ name: "more", emptyDir: {} });
    },
    says: ["Deployment/packit-service: volume more has no size limit"],
  },
];
