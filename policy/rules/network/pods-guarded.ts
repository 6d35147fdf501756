import { closesIngress, podSelectorOf } from "../../cluster/network-policy";
import { sameNamespace, SeenObjects, templateLabels } from "../../cluster/objects";
import { selects } from "../../cluster/selector";
import { POD_MAKERS } from "../../kubernetes";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every pod is closed by a NetworkPolicy. */
export const podsGuarded: StackRule = {
  id: "network/pods-guarded",
  title: "Every pod is closed by a NetworkPolicy",
  why: "whoever gets into any pod of the cluster can talk to it (D26)",
  fix: "give the component's admissions, from which its NetworkPolicy is made",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["network/policy-covers"],
  counterparts: {
    kubeLinter: ["non-isolated-pod"],
    kubeScore: ["pod-networkpolicy"],
    polaris: ["missingNetworkPolicy"],
    kyverno: ["require-netpol"],
    checkov: ["CKV2_K8S_6"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const maker = objects.object(resource);
    const labels = templateLabels(maker);
    const guarded = objects
      .ofKind("NetworkPolicy")
      .some(
        (policy) =>
          sameNamespace(policy, maker) && closesIngress(policy) && selects(podSelectorOf(policy), labels),
      );
    if (!guarded) yield "no NetworkPolicy closes its pods";
  },
};
