import { SeenObjects } from "../../cluster/objects";
import { type PolicyRule, READING, rightsOf, ROLES, verbsOver } from "../../roles";
import type { PolicyResource, PolicyStack } from "../../resource";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No account reads Secrets over the API, but a router the certificate that it serves. */
export const noSecretReader: StackRule = {
  id: "identity/no-secret-reader",
  title: "Roles give no look at Secrets",
  why: "one stolen token is then all passwords of the namespace",
  fix: "mount the one Secret that is needed; a Role may name Secrets with certificates, for a router",
  severity: "critical",
  kinds: ROLES,
  covers: ["identity/reading-secrets"],
  counterparts: { kubeLinter: ["access-to-secrets"], kyverno: ["restrict-secret-role-verbs"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    for (const right of rightsOf(resource)) {
      const verbs = verbsOver(right, "secrets", READING);
      if (verbs.length > 0 && !readsCertificates(right, resource, stack))
        yield `it gives ${verbs.join(", ")} over secrets`;
    }
  },
};

/** Whether all that a right gives is to read Secrets with certificates, each by its name. */
function readsCertificates(
  { resourceNames = [], resources = [], verbs = [] }: PolicyRule,
  resource: PolicyResource,
  stack: PolicyStack,
): boolean {
  const objects = SeenObjects.of(stack);
  const role = objects.object(resource);
  if (role.kind !== "Role" || resourceNames.length === 0) return false;
  if (resources.some((one) => one !== "secrets") || verbs.some((verb) => !READING.includes(verb)))
    return false;
  return resourceNames.every((name) => {
    const secret = objects.beside(role, "Secret", name)?.resource.inputs as
      { readonly type?: string } | undefined;
    return secret?.type === "kubernetes.io/tls";
  });
}
