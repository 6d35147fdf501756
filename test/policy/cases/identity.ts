import { accountExists } from "../../../policy/rules/identity/account-exists";
import { accountField } from "../../../policy/rules/identity/account-field";
import { execApart } from "../../../policy/rules/identity/exec-apart";
import { noBroadRole } from "../../../policy/rules/identity/no-broad-role";
import { noClusterControl } from "../../../policy/rules/identity/no-cluster-control";
import { noEndpoints } from "../../../policy/rules/identity/no-endpoints";
import { noEscalation } from "../../../policy/rules/identity/no-escalation";
import { noSecretReader } from "../../../policy/rules/identity/no-secret-reader";
import { noSharedSubject } from "../../../policy/rules/identity/no-shared-subject";
import { noWildcards } from "../../../policy/rules/identity/no-wildcards";
import { ownAccount } from "../../../policy/rules/identity/own-account";
import { podsApart } from "../../../policy/rules/identity/pods-apart";
import { tokenUsed } from "../../../policy/rules/identity/token-used";
import type { PolicyStack } from "../../../policy/resource";
import { deployedWithCertificate } from "../../stacks/copr/certificates";
import type { Case } from "../cases";
import { podsWith, right } from "../drafts";

/** A Copr on OpenShift whose hosts' certificate is given, so that routers read it. */
async function givenCertificate(): Promise<PolicyStack> {
  const { stack } = await deployedWithCertificate("given");
  return { name: "copr-stg", resources: stack.resources };
}

export const identityCases: readonly Case[] = [
  {
    rule: accountExists,
    on: "Deployment/packit-service",
    good: podsWith({ serviceAccountName: "nginx" }),
    bad: podsWith({ serviceAccountName: "packit-worker" }),
    says: ["Deployment/packit-service: there is no account packit-worker in its namespace"],
  },
  {
    rule: accountField,
    on: "Deployment/packit-service",
    bad: podsWith({ serviceAccount: "packit-service" }),
    says: ["Deployment/packit-service: its pods have the field serviceAccount"],
  },
  {
    rule: ownAccount,
    on: "Deployment/packit-service",
    bad: podsWith({ serviceAccountName: undefined }),
    says: ["Deployment/packit-service: its pods run under the default account"],
  },
  {
    rule: tokenUsed,
    on: "Deployment/packit-service",
    when: "asked for",
    bad: podsWith({ automountServiceAccountToken: true }),
    says: ["Deployment/packit-service: its pods get a token, and nothing is granted to their account"],
  },
  {
    rule: tokenUsed,
    on: "Deployment/packit-service",
    when: "silent",
    bad: podsWith({ automountServiceAccountToken: undefined }),
    says: ["Deployment/packit-service: its pods get a token, and nothing is granted to their account"],
  },
  {
    rule: noBroadRole,
    on: "RoleBinding/sandcastle",
    good: ({ inputs }) => {
      inputs.roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" };
    },
    bad: ({ inputs }) => {
      inputs.roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" };
    },
    says: ["RoleBinding/sandcastle: it gives edit"],
  },
  {
    rule: noSharedSubject,
    on: "RoleBinding/sandcastle",
    when: "the default account",
    bad: ({ inputs }) => {
      inputs.subjects.push({ kind: "ServiceAccount", name: "default", namespace: "packit--prod" });
    },
    says: ["RoleBinding/sandcastle: it gives rights to the account default"],
  },
  {
    rule: noSharedSubject,
    on: "RoleBinding/sandcastle",
    when: "everybody",
    bad: ({ inputs }) => {
      inputs.subjects.push({ kind: "Group", name: "system:authenticated" });
    },
    says: ["RoleBinding/sandcastle: it gives rights to the group system:authenticated"],
  },
  {
    rule: noWildcards,
    on: "Role/sandcastle",
    when: "all verbs",
    good: right(["pods"], ["watch"]),
    bad: right(["pods"], ["*"]),
    says: ["Role/sandcastle: it gives all verbs over pods"],
  },
  {
    rule: noWildcards,
    on: "Role/sandcastle",
    when: "all resources",
    bad: right(["*"], ["list"]),
    says: ["Role/sandcastle: it gives list over all resources"],
  },
  {
    rule: noWildcards,
    on: "Role/sandcastle",
    when: "all groups",
    bad: right(["pods"], ["list"], ["*"]),
    says: ["Role/sandcastle: it gives list over pods of all groups"],
  },
  {
    rule: noSecretReader,
    on: "Role/sandcastle",
    good: right(["secrets"], ["delete"]),
    bad: right(["secrets"], ["get", "delete"]),
    says: ["Role/sandcastle: it gives get over secrets"],
  },
  {
    rule: noSecretReader,
    on: "Role/copr-hosts-tls",
    in: givenCertificate,
    when: "a Secret by its name that holds something else",
    bad: ({ inputs }) => void (inputs.rules[0].resourceNames = ["copr-database"]),
    says: ["Role/copr-hosts-tls: it gives get, list, watch over secrets"],
  },
  {
    rule: noSecretReader,
    on: "Role/copr-hosts-tls",
    in: givenCertificate,
    when: "all of them",
    bad: ({ inputs }) => (inputs.rules[0].resourceNames = undefined),
    says: ["Role/copr-hosts-tls: it gives get, list, watch over secrets"],
  },
  {
    rule: noEscalation,
    on: "Role/sandcastle",
    when: "escalating",
    good: right(["roles"], ["get"], ["rbac.authorization.k8s.io"]),
    bad: right(["roles"], ["escalate"], ["rbac.authorization.k8s.io"]),
    says: ["Role/sandcastle: it gives escalate"],
  },
  {
    rule: noEscalation,
    on: "Role/sandcastle",
    when: "granting",
    bad: right(["rolebindings"], ["create"], ["rbac.authorization.k8s.io"]),
    says: ["Role/sandcastle: it gives create over rolebindings"],
  },
  {
    rule: noEndpoints,
    on: "Role/sandcastle",
    good: right(["endpoints"], ["get"]),
    bad: right(["endpoints"], ["update"]),
    says: ["Role/sandcastle: it gives update over endpoints"],
  },
  {
    rule: noClusterControl,
    on: "Role/sandcastle",
    good: right(["certificatesigningrequests"], ["get"], ["certificates.k8s.io"]),
    bad: right(["certificatesigningrequests/approval"], ["update"], ["certificates.k8s.io"]),
    says: ["Role/sandcastle: it gives update over certificatesigningrequests/approval"],
  },
  {
    rule: podsApart,
    on: "Role/sandcastle",
    bad: ({ inputs }) => {
      inputs.metadata.namespace = "packit--prod";
    },
    says: ["Role/sandcastle: it makes pods in a namespace with Secrets of the stack"],
  },
  {
    rule: podsApart,
    on: "Role/image-import",
    when: "beside Secrets",
    good: right(["deployments"], ["list"], ["apps"]),
    bad: right(["deployments"], ["patch"], ["apps"]),
    says: ["Role/image-import: it makes pods in a namespace with Secrets of the stack"],
  },
  {
    rule: execApart,
    on: "Role/image-import",
    when: "beside Secrets",
    good: right(["pods/log"], ["get"]),
    bad: right(["pods/*"], ["create"]),
    says: ["Role/image-import: it enters pods in a namespace with Secrets of the stack"],
  },
];
