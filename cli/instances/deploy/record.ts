import { addressesOf } from "../../../stacks/settings/addresses";
import { endOf, NEVER } from "../../../stacks/settings/duration";
import { refText } from "../../../stacks/settings/references";
import type { InstanceRecord, InstanceState } from "../record";
import type { Work } from "./step";

/**
 * Writes what an instance is at now into its lease.
 *
 * @param reason - Why it has failed.
 */
export function changed(work: Work, state: InstanceState, reason?: string): Promise<InstanceRecord> {
  return work.held.update((record) => recordOf(work, record, state, reason));
}

/** What is known of an instance while and after it is deployed. */
export function recordOf(
  {
    plan,
    holder,
    held,
    identity,
  }: Pick<Work, "plan" | "holder" | "identity"> & { held: Pick<Work["held"], "now"> },
  before: InstanceRecord | undefined,
  state: InstanceState,
  reason?: string,
): InstanceRecord {
  const { request, settings } = plan;
  const now = held.now();
  const { ttl = NEVER, keep } = settings;
  const expiresAt = endOf(now, ttl);
  const who = identity ?? before?.identity;
  return {
    name: request.name,
    base: request.base,
    references: Object.fromEntries(
      request.references.map(({ repository, ref }) => [repository, refText(ref)]),
    ),
    state,
    ...(reason !== undefined && { reason: reason.slice(0, MOST) }),
    urls: addressesOf(settings),
    namespace: settings.namespace,
    holder,
    createdAt: before?.createdAt ?? new Date(now).toISOString(),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(keep !== undefined && { keep }),
    usedAt: new Date(now).toISOString(),
    ...(who !== undefined && { identity: who }),
  };
}

/** Most characters of a reason: leases are for small things. */
const MOST = 500;
