import { containersOf, podSpecOf, POD_MAKERS } from "../../kubernetes";
import { effective } from "../../security-context";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** System calls are filtered. */
export const seccomp: ResourceRule = {
  id: "pod-security/seccomp",
  title: "System calls are filtered by the runtime's profile",
  why: "most ways out of a container use a call that no server needs",
  fix: "set seccompProfile: { type: RuntimeDefault } for the pod",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["pod-security/seccomp"],
  counterparts: {
    checkov: ["CKV_K8S_31"],
    gatekeeper: ["K8sPSPSeccompV2"],
    kubeScore: ["container-seccomp-profile"],
    kyverno: ["restrict-seccomp", "restrict-seccomp-strict"],
    polaris: ["linuxHardening"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const pods = podSpecOf(resource);
    for (const container of containersOf(resource)) {
      const type = effective(pods, container, "seccompProfile")?.type;
      if (type !== "RuntimeDefault" && type !== "Localhost")
        yield `container ${container.name ?? ""} has ${type === undefined ? "no seccomp profile" : `the seccomp profile ${type}`}`;
    }
  },
};
