import type { InstanceRecord } from "../../instances/record";
import { timeText } from "../../instances/leases/time-text";

type Rows = readonly (readonly [string, string])[];

/** What one wants to know of an instance that has just been deployed. Passwords are never told, only where they are. */
export function liveRows(record: InstanceRecord): Rows {
  const { expiresAt, keep, identity, namespace, urls } = record;
  return [
    ...Object.entries(urls),
    ["namespace", namespace],
    ...(identity === undefined ? [] : [["identity", identity] as const]),
    ["credentials", `Secrets of ${namespace}: packit-config, postgres-secret, key-value-password`],
    ["expires", expiresAt === undefined ? `never: ${keep ?? ""}` : timeText(Date.parse(expiresAt))],
  ];
}

/** What can be done with an instance. */
export function nextRows({ name, expiresAt }: InstanceRecord): Rows {
  return [
    ["see how it is", `npx packit-stacks status ${name}`],
    ["read its logs", `npx packit-stacks logs ${name} packit-worker`],
    ...(expiresAt === undefined ? [] : [["keep it longer", `npx packit-stacks extend ${name}`] as const]),
    ["take it down", `npx packit-stacks destroy ${name}`],
  ];
}
