import { endOf } from "../../stacks/settings/duration";
import type { InstanceRecord } from "./record";

/** How long an instance is to live from now on. */
export interface Extension {
  /** In milliseconds since 1970. */
  readonly now: number;
  readonly ttl: string;
  /** Why it has no end. */
  readonly why?: string;
}

/**
 * A record with another end.
 * @throws Error when the instance is being destroyed.
 */
export function extended(before: InstanceRecord, { now, ttl, why }: Extension): InstanceRecord {
  if (before.state === "destroying")
    throw new Error(`${before.name} is being destroyed: packit-stacks deploy makes it again`);
  const expiresAt = endOf(now, ttl);
  const after = { ...before };
  delete after.expiresAt;
  delete after.keep;
  return {
    ...after,
    usedAt: new Date(now).toISOString(),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(expiresAt === undefined && why !== undefined && { keep: why }),
  };
}
