import { kubernetesObject } from "../../kubernetes";
import { rightsOf, ROLES, verbsOver } from "../../roles";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

const MAKERS = ["cronjobs", "daemonsets", "deployments", "jobs", "pods", "replicasets", "statefulsets"];

/** Pods are made by accounts only where there is nothing to steal. */
export const podsApart: StackRule = {
  id: "identity/pods-apart",
  title: "Roles make pods only in a namespace without Secrets",
  why: "a pod may mount every Secret and use every account of its namespace",
  fix: "give the right in a namespace of its own, as the sandbox has",
  severity: "critical",
  kinds: ROLES,
  covers: ["identity/creating-pods"],
  counterparts: { kubeLinter: ["access-to-create-pods"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, { resources }) {
    if (
      !rightsOf(resource).some((right) =>
        MAKERS.some((kind) => verbsOver(right, kind, ["create", "patch", "update"]).length > 0),
      )
    )
      return;
    const namespace = kubernetesObject(resource)?.metadata.namespace;
    const hasSecrets = resources.some(
      (other) => other.type.endsWith(":Secret") && kubernetesObject(other)?.metadata.namespace === namespace,
    );
    if (resource.type.endsWith(":ClusterRole")) yield "it makes pods in every namespace";
    else if (hasSecrets) yield "it makes pods in a namespace with Secrets of the stack";
  },
};
