import { at, ruleOf, pick, type Mutation } from "./mutation";

/** Adds a right to a role. */
function right(id: string, what: string, rules: readonly object[]): Mutation {
  return {
    rule: ruleOf(id),
    what,
    to: (resource) => at(resource, "rules") !== undefined,
    change: ({ inputs }, choice) => (inputs.rules as object[]).push(pick(rules, choice)),
  };
}

const CORE = { apiGroups: [""] };

export const rightsMutations: readonly Mutation[] = [
  right("identity/no-wildcards", "may do anything", [
    { ...CORE, resources: ["*"], verbs: ["get"] },
    { ...CORE, resources: ["pods"], verbs: ["*"] },
    { apiGroups: ["*"], resources: ["deployments"], verbs: ["get"] },
  ]),
  right("identity/no-secret-reader", "reads Secrets", [
    { ...CORE, resources: ["secrets"], verbs: ["get"] },
    { ...CORE, resources: ["configmaps", "secrets"], verbs: ["list"] },
  ]),
  right("identity/no-escalation", "gives itself rights", [
    { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["escalate"] },
    { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["bind"] },
    { ...CORE, resources: ["serviceaccounts"], verbs: ["impersonate"] },
  ]),
  {
    rule: ruleOf("identity/no-broad-role"),
    what: "gives everything",
    to: (resource) => at(resource, "roleRef") !== undefined,
    change: ({ inputs }, choice) =>
      (inputs.roleRef = {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: pick(["cluster-admin", "admin", "edit"], choice),
      }),
  },
  {
    rule: ruleOf("identity/no-shared-subject"),
    what: "gives rights to everybody",
    to: (resource) => at(resource, "subjects") !== undefined,
    change: ({ inputs }, choice) =>
      (inputs.subjects as object[]).push(
        pick(
          [
            { kind: "ServiceAccount", name: "default", namespace: "packit--prod" },
            { kind: "Group", name: "system:authenticated" },
          ],
          choice,
        ),
      ),
  },
];
