import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every container says how much processor time and memory it needs and may take. */
export const limits: ResourceRule = {
  id: "resources/limits",
  title: "Every container has requests and limits",
  why: "without them one container can starve its node, and the namespace's quota refuses the pod",
  fix: "set requests and limits of cpu and memory for the component in the settings",
  severity: "high",
  kinds: POD_MAKERS,
  covers: [
    "resources/cpu-request",
    "resources/memory-request",
    "resources/cpu-limit",
    "resources/memory-limit",
  ],
  counterparts: {
    kubeLinter: ["unset-cpu-requirements", "unset-memory-requirements"],
    polaris: ["cpuRequestsMissing", "memoryRequestsMissing", "cpuLimitsMissing", "memoryLimitsMissing"],
    kyverno: ["require-pod-requests-limits"],
    gatekeeper: ["K8sContainerLimits", "K8sContainerRequests", "K8sRequiredResources"],
    kubeScore: ["container-resources"],
    checkov: ["CKV_K8S_10", "CKV_K8S_11", "CKV_K8S_12", "CKV_K8S_13"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", resources = {} } of containersOf(resource)) {
      const missing = (["requests", "limits"] as const).flatMap((bound) =>
        ["cpu", "memory"]
          .filter((kind) => resources[bound]?.[kind] === undefined)
          .map((kind) => `${bound}.${kind}`),
      );
      if (missing.length > 0) yield `container ${name} lacks ${missing.join(", ")}`;
    }
  },
};
