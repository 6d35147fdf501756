import { bindingOf, BINDINGS } from "../../roles";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

const BROAD: ReadonlySet<string> = new Set(["admin", "cluster-admin", "edit", "sudoer", "system:masters"]);

/** No account administers or edits a whole namespace. */
export const noBroadRole: ResourceRule = {
  id: "identity/no-broad-role",
  title: "Nobody gets a role of the cluster that changes everything",
  why: "the account reads every Secret, and with cluster-admin owns the cluster",
  fix: "grant what is needed with a Role of its own",
  severity: "critical",
  kinds: BINDINGS,
  covers: ["identity/cluster-admin"],
  counterparts: {
    gatekeeper: ["K8sRestrictRoleBindings"],
    kubeLinter: ["cluster-admin-role-binding"],
    kyverno: ["restrict-binding-clusteradmin"],
    polaris: [
      "clusterrolebindingClusterAdmin",
      "rolebindingClusterAdminClusterRole",
      "rolebindingClusterAdminRole",
    ],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { roleRef } = bindingOf(resource);
    const name = roleRef?.name ?? "";
    if (BROAD.has(name)) yield `it gives ${name}`;
  },
};
