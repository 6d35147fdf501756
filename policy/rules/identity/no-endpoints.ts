import { CHANGING, rightsOf, ROLES, verbsOver } from "../../roles";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No account sends traffic elsewhere. */
export const noEndpoints: ResourceRule = {
  id: "identity/no-endpoints",
  title: "Roles give no change of endpoints",
  why: "requests for one Service are sent to pods of another namespace (CVE-2021-25740)",
  fix: "take endpoints and endpointslices out of the role",
  severity: "high",
  kinds: ROLES,
  covers: ["identity/edit-endpoints"],
  counterparts: { gatekeeper: ["K8sBlockEndpointEditDefaultRole"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const right of rightsOf(resource)) {
      for (const kind of ["endpoints", "endpointslices"]) {
        const verbs = verbsOver(right, kind, CHANGING);
        if (verbs.length > 0) yield `it gives ${verbs.join(", ")} over ${kind}`;
      }
    }
  },
};
