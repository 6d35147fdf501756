import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Nobody gets more rights than the container started with. */
export const noEscalation: ResourceRule = {
  id: "pod-security/no-escalation",
  title: "No privilege escalation",
  why: "a program with the setuid bit makes its caller root",
  fix: "set allowPrivilegeEscalation: false",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["pod-security/privilege-escalation"],
  counterparts: {
    checkov: ["CKV_K8S_20"],
    gatekeeper: ["K8sPSPAllowPrivilegeEscalationContainer"],
    kubeLinter: ["privilege-escalation-container"],
    kubeScore: ["container-security-context-privileged"],
    kyverno: ["disallow-privilege-escalation"],
    polaris: ["privilegeEscalationAllowed"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", securityContext } of containersOf(resource)) {
      if (securityContext?.allowPrivilegeEscalation !== false)
        yield `container ${name} allows privilege escalation`;
    }
  },
};
