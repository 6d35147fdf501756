import type { InstanceRecord } from "../../../../cli/instances/record";

/** A record of a test instance. */
export function recordOf(name: string, changes: Partial<InstanceRecord> = {}): InstanceRecord {
  return {
    name,
    base: "dev",
    references: { "packit-service": "614" },
    state: "deploying",
    urls: { service: `https://${name}.packit.dev` },
    namespace: `packit-${name}`,
    holder: { kind: "person", name: "jane@laptop" },
    createdAt: "2026-01-01T00:00:00Z",
    expiresAt: "2026-01-03T00:00:00Z",
    usedAt: "2026-01-01T00:00:00Z",
    ...changes,
  };
}
