import { rightsOf, ROLES } from "../../roles";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A role says what it gives. */
export const noWildcards: ResourceRule = {
  id: "identity/no-wildcards",
  title: "Roles have no wildcards",
  why: "it gives what the cluster will learn tomorrow, too",
  fix: "list groups, resources and verbs",
  severity: "high",
  kinds: ROLES,
  covers: ["identity/wildcards"],
  counterparts: {
    checkov: ["CKV_K8S_49"],
    kubeLinter: ["wildcard-in-rules"],
    kyverno: ["restrict-wildcard-resources", "restrict-wildcard-verbs"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { apiGroups = [], resources = [], verbs = [] } of rightsOf(resource)) {
      if (verbs.includes("*")) yield `it gives all verbs over ${resources.join(", ")}`;
      if (resources.includes("*")) yield `it gives ${verbs.join(", ")} over all resources`;
      if (apiGroups.includes("*"))
        yield `it gives ${verbs.join(", ")} over ${resources.join(", ")} of all groups`;
    }
  },
};
