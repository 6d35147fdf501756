import type { PackitStackName } from "./names";
import { type Placement, placementOf } from "./placement";
import type { WrittenSettings } from "./schema/packit";

type Namespaces = Pick<Placement, "namespace" | "sandboxNamespace">;

/**
 * The namespaces of a stack: those that the settings name, else those that its name gives. On the managed platform
 * they begin with the tenant, so a test instance's are `packit--dev-pr-614` and `packit--dev-pr-614-sandbox` there.
 */
export function namespacesOf(stack: PackitStackName, written: WrittenSettings): Namespaces {
  const given = defaultNamespaces(stack, written);
  const sandboxNamespace = written.sandboxNamespace ?? given.sandboxNamespace;
  return {
    namespace: written.namespace ?? given.namespace,
    ...(sandboxNamespace !== undefined && { sandboxNamespace }),
  };
}

/** What every namespace's name on the managed platform begins with. */
export function tenantPrefix(tenant: string): string {
  return `${tenant}--`;
}

function defaultNamespaces(stack: PackitStackName, { platform, tenant }: WrittenSettings): Namespaces {
  if (platform !== "mpp" || stack.kind === "environment") return placementOf(stack);
  const namespace = `${tenantPrefix(tenant)}${stack.name}`;
  return { namespace, sandboxNamespace: `${namespace}-sandbox` };
}
