import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

const ENFORCE = "pod-security.kubernetes.io/enforce";

/** The API server refuses weaker pods. */
export const enforced: ResourceRule = {
  id: "pod-security/enforced",
  title: "Namespaces enforce Pod Security",
  why: "pods that nobody here wrote run with any rights, those of a stolen token too",
  fix: "let the platform make the namespace, or label it pod-security.kubernetes.io/enforce: restricted",
  severity: "high",
  kinds: ["Namespace", "Project", "TenantNamespace"],
  counterparts: { kyverno: ["add-psa-labels"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const level = kubernetesObject(resource)?.metadata.labels?.[ENFORCE];
    if (level !== "restricted" && level !== "baseline")
      yield `it enforces ${level ?? "no level of Pod Security"}`;
  },
};
