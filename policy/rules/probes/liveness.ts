import { LONG_RUNNING, podSpecOf } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every long-running container has a liveness probe. */
export const liveness: ResourceRule = {
  id: "probes/liveness",
  title: "Every long-running container has a liveness probe",
  why: "a pod that hangs stays until somebody sees it (D09)",
  fix: "give the component a liveness probe",
  severity: "high",
  kinds: LONG_RUNNING,
  covers: ["probes/liveness"],
  counterparts: {
    checkov: ["CKV_K8S_8"],
    gatekeeper: ["K8sRequiredProbes"],
    kubeLinter: ["no-liveness-probe"],
    kubeScore: ["pod-probes"],
    kyverno: ["require-pod-probes"],
    polaris: ["livenessProbeMissing"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", livenessProbe } of podSpecOf(resource)?.containers ?? []) {
      if (livenessProbe === undefined) yield `container ${name} has no liveness probe`;
    }
  },
};
