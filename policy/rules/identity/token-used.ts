import { kubernetesObject, podSpecOf, POD_MAKERS } from "../../kubernetes";
import { BINDINGS, boundAccounts } from "../../roles";
import { isAbout } from "../../rule";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Only pods with rights get a token. */
export const tokenUsed: StackRule = {
  id: "identity/token-used",
  title: "A token is mounted only where it gives rights",
  why: "whoever gets into the pod can talk to the API server with it",
  fix: "set callsApi only for components that are granted something",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["identity/token-automount"],
  counterparts: {
    checkov: ["CKV_K8S_38"],
    gatekeeper: ["K8sPSPAutomountServiceAccountTokenPod"],
    kyverno: ["restrict-automount-sa-token"],
    polaris: ["automountServiceAccountToken"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, { resources }) {
    const pods = podSpecOf(resource);
    if (pods?.automountServiceAccountToken === false) return;
    const account = pods?.serviceAccountName;
    const namespace = kubernetesObject(resource)?.metadata.namespace;
    const isBound = resources.some(
      (other) =>
        isAbout({ kinds: BINDINGS }, other) &&
        boundAccounts(other).some((bound) => bound.name === account && bound.namespace === namespace),
    );
    if (!isBound) yield "its pods get a token, and nothing is granted to their account";
  },
};
