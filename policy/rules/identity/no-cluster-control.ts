import { CHANGING, rightsOf, ROLES, verbsOver } from "../../roles";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

const CONTROL = [
  "certificatesigningrequests",
  "certificatesigningrequests/approval",
  "mutatingwebhookconfigurations",
  "validatingwebhookconfigurations",
];

/** No account controls what the API server admits or signs. */
export const noClusterControl: ResourceRule = {
  id: "identity/no-cluster-control",
  title: "Roles give no power over webhooks and certificates",
  why: "whoever changes them sees or forges every request of the cluster",
  fix: "take these resources out of the role",
  severity: "critical",
  kinds: ROLES,
  covers: ["identity/webhooks"],
  counterparts: { checkov: ["CKV_K8S_155", "CKV_K8S_156"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const right of rightsOf(resource)) {
      for (const kind of CONTROL) {
        const verbs = verbsOver(right, kind, CHANGING);
        if (verbs.length > 0) yield `it gives ${verbs.join(", ")} over ${kind}`;
      }
    }
  },
};
