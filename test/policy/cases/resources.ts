import { limits } from "../../../policy/rules/resources/limits";
import type { Case } from "../cases";

export const resourcesCases: readonly Case[] = [
  {
    rule: limits,
    on: "Deployment/packit-service",
    bad: ({ inputs }) => {
      delete inputs.spec.template.spec.containers[0].resources.limits.memory;
    },
    says: ["Deployment/packit-service: container packit-service lacks limits.memory"],
  },
];
