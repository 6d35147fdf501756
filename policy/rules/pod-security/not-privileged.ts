import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No container has the node's rights. */
export const notPrivileged: ResourceRule = {
  id: "pod-security/not-privileged",
  title: "No privileged container",
  why: "it has all rights of the node and sees all of its devices",
  fix: "take privileged away, and add the one capability that is needed",
  severity: "critical",
  kinds: POD_MAKERS,
  covers: ["pod-security/privileged"],
  counterparts: {
    checkov: ["CKV_K8S_16"],
    gatekeeper: ["K8sPSPPrivilegedContainer"],
    kubeLinter: ["privileged-container"],
    kubeScore: ["container-security-context-privileged"],
    kyverno: ["disallow-privileged-containers"],
    polaris: ["runAsPrivileged"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", securityContext } of containersOf(resource)) {
      if (securityContext?.privileged === true) yield `container ${name} is privileged`;
    }
  },
};
