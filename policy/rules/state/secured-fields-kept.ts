import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** Fields that keep something safe are not ignored. */
export const securedFieldsKept: ResourceRule = {
  id: "state/secured-fields-kept",
  title: "Fields that keep something safe are not ignored",
  why: "what somebody opened by hand stays open, and no deployment says so",
  fix: "take the path out of ignoreChanges",
  severity: "high",
  kinds: "all",
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    for (const path of resource.ignoreChanges ?? [])
      if (SECURITY.test(path) || path === "spec" || path === "*") yield `changes of ${path} are ignored`;
  },
};

/** Parts of a path that say who may do what, who runs as whom, and what is open. */
const SECURITY =
  /(?:^|[.[\]"])(?:securityContext|serviceAccountName|automountServiceAccountToken|host(?:Network|PID|IPC|Path)|capabilities|privileged|rules|roleRef|subjects|podSelector|policyTypes|ingress|egress|tls|policy|assumeRolePolicy|metadataOptions|encrypted|cidrIpv[46]|cidrBlocks)(?:$|[.[\]"])/;
