import { instanceRecord, type InstanceRecord, LEASE_KIND_LABEL, RECORD_ANNOTATION } from "../record";
import type { Known, KnownInstance } from "./api";
import type { Expiry, JudgedWork } from "./expiry";
import { type Lease, type LeaseKind, STACK_LABEL, subjectOf } from "./lease";

/** Annotation with the time from which an instance waits for a place, by the cluster's clock. */
export const QUEUED_ANNOTATION = "packit.dev/queued-at";

/** All leases at one moment. */
export interface Snapshot extends Known {
  readonly leases: readonly Lease[];
  readonly places: ReadonlyMap<string, Lease>;
  readonly byIdentity: ReadonlyMap<string, Lease>;
  /** Names of the instances that somebody works on. */
  readonly atWork: ReadonlySet<string>;
  /**
   * Whether the lease of somebody who would leave something to others seems to have ended, and it takes some more
   * watching until that is certain.
   */
  readonly doubtful: boolean;
}

/**
 * Reads all leases together: who waits in which place shows only beside the others.
 *
 * @param over - When somebody's work is over: when the lease `expired` is for those who only look, `gone` for those
 *   who take what others had.
 */
export function snapshotOf(
  leases: readonly Lease[],
  expiry: Expiry,
  now: number,
  over: "expired" | "gone",
): Snapshot {
  const places = ofKind(leases, "place");
  const byIdentity = ofKind(leases, "identity");
  const having = new Set([...places.values()].map(ownerOf));
  const instances = [...ofKind(leases, "instance")].map(([name, lease]) =>
    read(name, lease, expiry.workOf(lease, now), having.has(name)),
  );
  const atWork = new Set(
    instances.filter(({ work }) => work !== undefined && !work[over]).map(({ known }) => known.name),
  );
  const queue = instances
    .filter(({ known, queuedAt }) => queuedAt !== undefined && atWork.has(known.name) && !known.admitted)
    .sort((a, b) => compare(a.queuedAt, b.queuedAt) || compare(a.known.name, b.known.name))
    .map(({ known }) => known.name);
  return {
    instances: instances.map(({ known }) => {
      const place = queue.indexOf(known.name) + 1;
      return place === 0 ? known : { ...known, place };
    }),
    identities: Object.fromEntries(
      [...byIdentity].flatMap(([name, lease]) => {
        const owner = ownerOf(lease);
        return owner === undefined ? [] : [[name, owner]];
      }),
    ),
    now,
    leases,
    places,
    byIdentity,
    atWork,
    doubtful: instances.some(
      ({ known, work }) => work?.expired === true && !work.gone && isNothingYet(known),
    ),
  };
}

/** The stack that has an identity or a place. */
export function ownerOf(lease: Lease): string | undefined {
  return lease.spec?.holderIdentity;
}

/** Whether a lease is a stack's, whatever it stands for. */
export function isOf(lease: Lease, stack: string): boolean {
  return lease.metadata.labels?.[STACK_LABEL] === stack;
}

/**
 * Whether a stack has no right any more to what its name stands on: it is gone, or nobody works on it and it needs
 * none, since nothing is known of it. A place also ends with the one who waited, or when the instance sleeps: one that
 * slept and waits again keeps its identity.
 *
 * @param sleeping - Whether it keeps this kind of thing while it sleeps.
 */
export function hasLeft(
  { instances, atWork }: Snapshot,
  stack: string | undefined,
  sleeping: "keeps" | "gives up",
): boolean {
  const instance = instances.find(({ name }) => name === stack);
  if (instance === undefined) return true;
  if (atWork.has(instance.name) || instance.problem !== undefined) return false;
  const state = instance.record?.state;
  return state === undefined || (sleeping === "gives up" && (state === "queued" || state === "asleep"));
}

/** Whether an instance needs nothing once nobody works on it. */
function isNothingYet({ record }: KnownInstance): boolean {
  return record === undefined || record.state === "queued";
}

function ofKind(leases: readonly Lease[], kind: LeaseKind): ReadonlyMap<string, Lease> {
  const wanted = leases.filter(
    ({ metadata: { name, labels } }) => labels?.[LEASE_KIND_LABEL] === kind && name.startsWith(`${kind}-`),
  );
  return new Map(wanted.map((lease) => [subjectOf(kind, lease), lease]));
}

function read(
  name: string,
  lease: Lease,
  judged: JudgedWork | undefined,
  admitted: boolean,
): {
  readonly known: KnownInstance;
  readonly work: JudgedWork | undefined;
  readonly queuedAt: string | undefined;
} {
  const work = judged && {
    holder: judged.holder,
    since: judged.since,
    until: judged.until,
    expired: judged.expired,
  };
  const known = { name, ...recordIn(lease), ...(work !== undefined && { work }), admitted };
  return { known, work: judged, queuedAt: lease.metadata.annotations?.[QUEUED_ANNOTATION] };
}

/** The record in a lease, or why it cannot be read. */
export function recordIn(lease: Lease): { readonly record?: InstanceRecord; readonly problem?: string } {
  const text = lease.metadata.annotations?.[RECORD_ANNOTATION];
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: `its record (annotation ${RECORD_ANNOTATION}) is no JSON` };
  }
  const { data, error } = instanceRecord.safeParse(value);
  if (data !== undefined) return { record: data };
  const { path, message } = error.issues[0] ?? { path: [], message: "" };
  return {
    problem: `its record (annotation ${RECORD_ANNOTATION}) cannot be read: ${path.join(".")}: ${message}`,
  };
}

function compare(a = "", b = ""): number {
  return a < b ? -1 : Number(a > b);
}
