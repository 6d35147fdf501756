import { addressesOf } from "../../../stacks/settings/addresses";
import { endOf, NEVER } from "../../../stacks/settings/duration";
import { parseImage, type Settings } from "../../../stacks/settings";
import { refText } from "../../../stacks/settings/references";
import type { InstanceRecord, InstanceState } from "../record";
import type { Work } from "./step";

/**
 * Writes what an instance is at now into its lease.
 *
 * @param reason - Why it has failed.
 */
export async function changed(work: Work, state: InstanceState, reason?: string): Promise<InstanceRecord> {
  const record = await work.held.update((before) => recordOf(work, before, state, reason));
  work.written = record;
  return record;
}

/** What a record is made from. */
export type RecordSource = Pick<Work, "plan" | "holder" | "identity" | "built" | "written"> & {
  readonly held: Pick<Work["held"], "now">;
};

/** What is known of an instance while and after it is deployed. */
export function recordOf(
  { plan, holder, held, identity, built, written }: RecordSource,
  before: InstanceRecord | undefined,
  state: InstanceState,
  reason?: string,
): InstanceRecord {
  const { request, settings } = plan;
  const now = held.now();
  // Somebody has extended it while it is deployed.
  const isAmended = before !== undefined && written !== undefined && endText(before) !== endText(written);
  const { expiresAt, keep } = isAmended ? before : lifeFrom(now, settings);
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
    images: digestsOf([...settings.imageUses.map(({ reference }) => reference), ...Object.values(built)]),
  };
}

function lifeFrom(
  now: number,
  { ttl = NEVER, keep }: Settings,
): Partial<Pick<InstanceRecord, "expiresAt" | "keep">> {
  const expiresAt = endOf(now, ttl);
  return { ...(expiresAt !== undefined && { expiresAt }), ...(keep !== undefined && { keep }) };
}

function endText({ expiresAt = "", keep = "" }: InstanceRecord): string {
  return `${expiresAt} ${keep}`;
}

function digestsOf(references: readonly string[]): string[] {
  return [...new Set(references.flatMap((one) => parseImage(one)?.digest ?? []))].sort();
}

/** Most characters of a reason: leases are for small things. */
const MOST = 500;
