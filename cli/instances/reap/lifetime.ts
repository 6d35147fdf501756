import { endOf, millisecondsOf } from "../../../stacks/settings/duration";
import type { InstanceRecord } from "../record";
import type { OwnNamespace } from "./candidate";

/** Where it is written how long an instance lives. */
export interface Lifetime {
  /** Absent for one that plain `pulumi up` has made, and when it cannot be read. */
  readonly record: InstanceRecord | undefined;
  readonly namespaces: readonly OwnNamespace[];
}

/**
 * When an instance ends, in milliseconds since 1970: by its record, which `extend` changes, else by the latest that
 * its namespaces' age and time limit give. Undefined when nothing says so.
 */
export function endsOf({ record, namespaces }: Lifetime): number | undefined {
  if (record !== undefined) return record.expiresAt === undefined ? undefined : Date.parse(record.expiresAt);
  const ends = namespaces.map(({ createdAt, ttl }) =>
    ttl === undefined || millisecondsOf(ttl) === undefined
      ? Number.NaN
      : Date.parse(endOf(createdAt, ttl) ?? ""),
  );
  return ends.length === 0 || ends.some(Number.isNaN) ? undefined : Math.max(...ends);
}

/**
 * Whether a running instance has not been used for a while as far as its record says; what its programs tell of
 * requests and tasks comes on top. One that is asleep or has failed has nothing to put to sleep.
 *
 * @param idle - In milliseconds.
 */
export function isIdle({ record }: Lifetime, now: number, idle: number): boolean {
  return record?.state === "live" && now - Date.parse(record.usedAt) >= idle;
}
