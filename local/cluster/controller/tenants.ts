import type { KubernetesObject } from "../api";
import type { NamespaceOwner } from "./namespace-owners";

/** The managed platform's way to ask for a namespace. */
export interface TenantNamespace extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

/** Where a tenant's requests are made: the tenant's name and this. */
const configSuffix = "--config";

/** `<name>` in namespace `<tenant>--config` asks for namespace `<tenant>--<name>`. */
export const tenantNamespaces: NamespaceOwner<TenantNamespace> = {
  apiVersion: "tenant.paas.redhat.com/v1alpha1",
  plural: "tenantnamespaces",
  namespaceOf: ({ metadata: { namespace = "", name } }) =>
    namespace.endsWith(configSuffix) ? `${namespace.slice(0, -configSuffix.length)}--${name}` : undefined,
  statusFor: (object, active) => {
    const wanted = readiness(object, active);
    const seen = object.status?.conditions?.find(({ type }) => type === "Ready");
    return seen?.status === wanted.status && seen.reason === wanted.reason
      ? undefined
      : { conditions: [{ ...wanted, lastTransitionTime: new Date().toISOString() }] };
  },
};

function readiness(object: TenantNamespace, active: boolean): Condition {
  if (tenantNamespaces.namespaceOf(object) === undefined) {
    return { type: "Ready", status: "False", reason: "NotInConfigNamespace" };
  }
  return active
    ? { type: "Ready", status: "True", reason: "NamespaceActive" }
    : { type: "Ready", status: "False", reason: "NamespaceNotActive" };
}
