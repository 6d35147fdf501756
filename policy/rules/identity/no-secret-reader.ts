import { READING, rightsOf, ROLES, verbsOver } from "../../roles";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No account reads Secrets over the API. */
export const noSecretReader: ResourceRule = {
  id: "identity/no-secret-reader",
  title: "Roles give no look at Secrets",
  why: "one stolen token is then all passwords of the namespace",
  fix: "mount the one Secret that is needed",
  severity: "critical",
  kinds: ROLES,
  covers: ["identity/reading-secrets"],
  counterparts: { kubeLinter: ["access-to-secrets"], kyverno: ["restrict-secret-role-verbs"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const right of rightsOf(resource)) {
      const verbs = verbsOver(right, "secrets", READING);
      if (verbs.length > 0) yield `it gives ${verbs.join(", ")} over secrets`;
    }
  },
};
