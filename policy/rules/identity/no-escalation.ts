import { CHANGING, rightsOf, ROLES, verbsOver } from "../../roles";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

const ESCALATING = ["bind", "escalate", "impersonate"];
const RIGHTS = ["clusterrolebindings", "clusterroles", "rolebindings", "roles"];

/** No account gives itself more rights. */
export const noEscalation: ResourceRule = {
  id: "identity/no-escalation",
  title: "Roles give no way to more rights",
  why: "the account makes itself administrator",
  fix: "take escalate, bind, impersonate and the writing of roles away",
  severity: "critical",
  kinds: ROLES,
  covers: ["identity/escalation"],
  counterparts: { checkov: ["CKV_K8S_157", "CKV_K8S_158"], kyverno: ["restrict-escalation-verbs-roles"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const right of rightsOf(resource)) {
      const verbs = right.verbs?.filter((verb) => ESCALATING.includes(verb)) ?? [];
      if (verbs.length > 0) yield `it gives ${verbs.join(", ")}`;
      for (const kind of RIGHTS) {
        const changing = verbsOver(right, kind, CHANGING);
        if (changing.length > 0) yield `it gives ${changing.join(", ")} over ${kind}`;
      }
    }
  },
};
