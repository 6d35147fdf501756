import { LONG_RUNNING, podSpecOf } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every long-running container has a readiness probe. */
export const readiness: ResourceRule = {
  id: "probes/readiness",
  title: "Every long-running container has a readiness probe",
  why: "requests go to pods that cannot answer them, at every rollout (D09)",
  fix: "give the component a readiness probe",
  severity: "high",
  kinds: LONG_RUNNING,
  covers: ["probes/readiness"],
  counterparts: {
    checkov: ["CKV_K8S_9"],
    gatekeeper: ["K8sRequiredProbes"],
    kubeLinter: ["no-readiness-probe"],
    kubeScore: ["pod-probes"],
    kyverno: ["require-pod-probes"],
    polaris: ["readinessProbeMissing"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", readinessProbe } of podSpecOf(resource)?.containers ?? []) {
      if (readinessProbe === undefined) yield `container ${name} has no readiness probe`;
    }
  },
};
