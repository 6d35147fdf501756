import { referencesIn, referenceText } from "../../stacks/settings/references";
import type { KnownInstance } from "./leases/api";
import type { Holder, InstanceRecord, InstanceState } from "./record";

/** A test instance as `list --json` prints it: these fields, whatever it is at. */
export interface ListedInstance {
  readonly name: string;
  readonly base: string;
  /** What it runs, such as `packit-service=614`. */
  readonly pulls: readonly string[];
  /** `unknown` where its record cannot be read. */
  readonly state: InstanceState | "unknown";
  readonly urls: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly holder: Holder | null;
  readonly createdAt: string | null;
  /** Absent from a record: it stays until somebody destroys it. */
  readonly expiresAt: string | null;
}

/** A test instance as `status --json` and those that work on it print it. */
export interface InstanceView extends ListedInstance {
  /** Why it is in this state, or why that cannot be said. */
  readonly reason?: string;
  /** Why it stays. */
  readonly keep?: string;
  readonly identity?: string;
  /** Who works on it at this moment. */
  readonly worker?: string;
  /** Its place in the queue, from 1. */
  readonly place?: number;
}

/** What is known of an instance, for people and programs. */
export function viewOf({ name, record, problem, work, place }: KnownInstance): InstanceView {
  return {
    ...(record === undefined ? unread(name, problem) : ofRecord(record)),
    ...(work !== undefined && !work.expired && { worker: work.holder }),
    ...(place !== undefined && { place }),
  };
}

/** What programs may rely on in lists. */
export function listed(view: InstanceView): ListedInstance {
  const { name, base, pulls, state, urls, namespace, holder, createdAt, expiresAt } = view;
  return { name, base, pulls, state, urls, namespace, holder, createdAt, expiresAt };
}

/** A record, for people and programs. */
export function ofRecord(record: InstanceRecord): InstanceView {
  const { name, base, references, state, reason, urls, namespace, holder, keep, identity } = record;
  return {
    name,
    base,
    pulls: referencesIn(references).map(referenceText),
    state,
    ...(reason !== undefined && { reason }),
    urls,
    namespace,
    holder,
    createdAt: record.createdAt,
    expiresAt: record.expiresAt ?? null,
    ...(keep !== undefined && { keep }),
    ...(identity !== undefined && { identity }),
  };
}

function unread(name: string, problem: string | undefined): InstanceView {
  return {
    name,
    base: "",
    pulls: [],
    state: "unknown",
    ...(problem !== undefined && { reason: problem }),
    urls: {},
    namespace: "",
    holder: null,
    createdAt: null,
    expiresAt: null,
  };
}
