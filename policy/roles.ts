import type * as k8s from "@pulumi/kubernetes";

import { kubernetesObject, type Written } from "./kubernetes";
import type { PolicyResource } from "./resource";

/** Kinds of objects that say what may be done. */
export const ROLES = ["ClusterRole", "Role"] as const;

/** Kinds of objects that say who may do it. */
export const BINDINGS = ["ClusterRoleBinding", "RoleBinding"] as const;

/** Verbs that only look. */
export const READING: readonly string[] = ["get", "list", "watch"];

/** Verbs that change something or make it. */
export const CHANGING: readonly string[] = ["create", "patch", "update"];

export type PolicyRule = Written<k8s.types.output.rbac.v1.PolicyRule>;

/** The rights that a role is made of. */
export function rightsOf({ inputs }: PolicyResource): readonly PolicyRule[] {
  return (inputs.rules ?? []) as readonly PolicyRule[];
}

/**
 * Which of the verbs a right gives over a kind of object, wildcards included.
 *
 * @param resource - As roles name it: `pods/exec`.
 */
export function verbsOver(
  { resources = [], verbs = [] }: PolicyRule,
  resource: string,
  wanted: readonly string[],
): readonly string[] {
  const [whole = "", part] = resource.split("/");
  const names = part === undefined ? ["*", whole] : ["*", resource, `${whole}/*`, `*/${part}`];
  if (!names.some((name) => resources.includes(name))) return [];
  return verbs.filter((verb) => verb === "*" || wanted.includes(verb));
}

/** A service account, as bindings and pods name it. */
export interface AccountName {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

interface Binding {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
  }[];
}

/** What a binding binds to whom. */
export function bindingOf({ inputs }: PolicyResource): Binding {
  return inputs;
}

/** The accounts that a binding gives rights to; those without a namespace are in the binding's. */
export function boundAccounts(resource: PolicyResource): readonly AccountName[] {
  const { subjects = [] } = bindingOf(resource);
  const own = kubernetesObject(resource)?.metadata.namespace;
  return subjects
    .filter(({ kind }) => kind === "ServiceAccount")
    .map(({ name, namespace = own }) => ({ name, namespace }));
}
