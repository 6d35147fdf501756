import type { Container, PodSpec } from "./kubernetes";

/** Fields that a pod sets for all its containers, and each of them for itself. */
type Shared = "appArmorProfile" | "runAsNonRoot" | "runAsUser" | "seccompProfile" | "seLinuxOptions";

type Context = NonNullable<Container["securityContext"]>;

/** What holds for a container: its own value, or else its pod's. */
export function effective<Field extends Shared>(
  pods: PodSpec | undefined,
  container: Container,
  field: Field,
): Context[Field] | undefined {
  const shared: Pick<Context, Shared> = pods?.securityContext ?? {};
  return container.securityContext?.[field] ?? shared[field];
}
