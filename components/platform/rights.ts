import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { objectLabels, type Site } from "./site";

/** A service account, wherever it is. */
export interface Account {
  readonly namespace: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
}

/** What may be done in a namespace, and by whom. */
export interface RightsArgs {
  /** Where the rights hold. */
  readonly site: Site;
  readonly rules: k8s.types.input.rbac.v1.PolicyRule[];
  readonly accounts: readonly Account[];
}

/** Gives service accounts rights in one namespace: a Role and its RoleBinding, both called `name`. */
export function grant(
  name: string,
  { site, rules, accounts }: RightsArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.rbac.v1.RoleBinding {
  const metadata = { name, namespace: site.namespace, labels: objectLabels(site, name) };
  const role = new k8s.rbac.v1.Role(name, { metadata, rules }, opts);
  return new k8s.rbac.v1.RoleBinding(
    name,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
      subjects: accounts.map((account) => ({ kind: "ServiceAccount", ...account })),
    },
    opts,
  );
}
