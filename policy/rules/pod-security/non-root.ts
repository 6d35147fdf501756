import { containersOf, podSpecOf, POD_MAKERS } from "../../kubernetes";
import { effective } from "../../security-context";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Nothing runs as root. */
export const nonRoot: ResourceRule = {
  id: "pod-security/non-root",
  title: "No container runs as root",
  why: "whoever breaks out of it is root on the node",
  fix: "set runAsNonRoot: true in the pod's or the container's security context, and no runAsUser of 0",
  severity: "critical",
  kinds: POD_MAKERS,
  covers: ["pod-security/non-root"],
  counterparts: {
    checkov: ["CKV_K8S_6", "CKV_K8S_23"],
    gatekeeper: ["K8sPSPAllowedUsers"],
    kubeLinter: ["run-as-non-root"],
    kubeScore: ["container-security-context-user-group-id"],
    kyverno: ["require-run-as-nonroot", "require-run-as-non-root-user"],
    polaris: ["runAsRootAllowed"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const pods = podSpecOf(resource);
    for (const container of containersOf(resource)) {
      const { name = "" } = container;
      if (effective(pods, container, "runAsNonRoot") !== true) yield `container ${name} may run as root`;
      if (effective(pods, container, "runAsUser") === 0) yield `container ${name} runs as user 0`;
    }
  },
};
