import { containersOf, podSpecOf, POD_MAKERS } from "../../kubernetes";
import { effective } from "../../security-context";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Nothing runs as a user that the node has too. */
export const systemUid: ResourceRule<{ minimum: number }> = {
  id: "pod-security/system-uid",
  title: "No container runs as a user of the system",
  why: "a file or process of the node may belong to the same number",
  fix: "leave runAsUser to OpenShift, or give one of at least 1000",
  severity: "low",
  kinds: POD_MAKERS,
  covers: ["pod-security/high-uid"],
  counterparts: {
    checkov: ["CKV_K8S_40"],
    gatekeeper: ["K8sPSPAllowedUsers"],
    kubeScore: ["container-security-context-user-group-id"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "advisory",
  configuration: {
    minimum: { description: "Smallest number of a user that is not the system's.", default: 1000 },
  },
  *check(resource, { minimum }) {
    const pods = podSpecOf(resource);
    for (const container of containersOf(resource)) {
      const user = effective(pods, container, "runAsUser");
      if (user !== undefined && user < minimum)
        yield `container ${container.name ?? ""} runs as user ${user}`;
    }
  },
};
