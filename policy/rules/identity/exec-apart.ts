import { kubernetesObject } from "../../kubernetes";
import { rightsOf, ROLES, verbsOver } from "../../roles";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Accounts enter pods only where there is nothing to steal. */
export const execApart: StackRule = {
  id: "identity/exec-apart",
  title: "Roles enter pods only in a namespace without Secrets",
  why: "whoever enters a pod has its Secrets and its token",
  fix: "give the right in a namespace of its own, as the sandbox has",
  severity: "critical",
  kinds: ROLES,
  covers: ["identity/exec"],
  counterparts: {
    kyverno: ["deny-exec-by-namespace-name"],
    polaris: [
      "clusterrolePodExecAttach",
      "rolePodExecAttach",
      "clusterrolebindingPodExecAttach",
      "rolebindingRolePodExecAttach",
    ],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, { resources }) {
    if (
      !rightsOf(resource).some((right) =>
        ["pods/exec", "pods/attach", "pods/portforward"].some(
          (kind) => verbsOver(right, kind, ["create", "get"]).length > 0,
        ),
      )
    )
      return;
    const namespace = kubernetesObject(resource)?.metadata.namespace;
    const hasSecrets = resources.some(
      (other) => other.type.endsWith(":Secret") && kubernetesObject(other)?.metadata.namespace === namespace,
    );
    if (resource.type.endsWith(":ClusterRole")) yield "it enters pods in every namespace";
    else if (hasSecrets) yield "it enters pods in a namespace with Secrets of the stack";
  },
};
