import { setCommand } from "../fixes";
import { namespacesOf, tenantPrefix } from "../namespaces";
import type { Rule, RuleFinding } from "./rule";

/** Longest name of a namespace. */
const MAX_NAMESPACE = 63;

/** On the managed platform every namespace of a tenant begins with its name: others cannot be asked for. */
export const namespacesAreTheTenants: Rule = ({ stack, written }) => {
  if (written.platform !== "mpp") return [];
  const { namespace, sandboxNamespace } = namespacesOf(stack, written);
  const prefix = tenantPrefix(written.tenant);
  const wanted = [
    { key: "namespace", name: namespace, suffix: "" },
    ...(written.components.sandbox && sandboxNamespace !== undefined
      ? [{ key: "sandboxNamespace", name: sandboxNamespace, suffix: "-sandbox" }]
      : []),
  ];
  return wanted.flatMap(({ key, name, suffix }): readonly RuleFinding[] => {
    const allowed = `a name that begins with ${prefix}, ${MAX_NAMESPACE} characters at most`;
    if (!name.startsWith(prefix)) {
      const fix = setCommand(stack, [key], `${prefix}${stack.name}${suffix}`);
      return [{ path: [key], problem: "is not one of the tenant's", seen: name, allowed, fix }];
    }
    if (name.length <= MAX_NAMESPACE) return [];
    const fix =
      stack.kind === "environment" ? "choose a shorter name" : "take a shorter label for the test instance";
    return [{ path: [key], problem: "is too long", seen: name, allowed, fix }];
  });
};
