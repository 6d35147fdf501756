import {
  type Reference,
  referencesIn,
  referenceText,
  referenceUrl,
} from "../../../stacks/settings/references";
import type { Listed } from "../everywhere";
import type { Holder, InstanceState } from "../record";
import type { Requests } from "./requests";

/** Words, and where they lead. */
export interface Words {
  readonly text: string;
  readonly url?: string;
}

/**
 * A test instance as lists show it: every text on one line, with nothing in it that moves a cursor or turns letters
 * round.
 */
export interface BoardRow {
  readonly name: string;
  readonly base: string;
  readonly cluster: string;
  readonly state: InstanceState | "unknown";
  /** Its place in the queue, from 1. */
  readonly place?: number;
  /** Why it is in this state. */
  readonly reason?: string;
  /** Who works on it at this moment. */
  readonly worker?: string;
  readonly runs: readonly Words[];
  readonly whose?: Words;
  readonly addresses: readonly Words[];
  /** Times in milliseconds since 1970; `now` is the cluster's clock. */
  readonly now: number;
  readonly createdAt?: number;
  readonly expiresAt?: number;
  /** Why it stays for ever. */
  readonly keep?: string;
  readonly requests?: Requests;
}

/** What there is to show of an instance. */
export function rowOf({ instance, cluster, now, requests }: Listed): BoardRow {
  const { name, record, problem, work, place } = instance;
  const reason = record?.reason ?? problem;
  const shared = {
    name: oneLine(name),
    cluster: oneLine(cluster),
    now,
    ...(place !== undefined && { place }),
    ...(reason !== undefined && { reason: oneLine(reason) }),
    ...(work !== undefined && !work.expired && { worker: oneLine(work.holder) }),
    ...(requests !== undefined && { requests }),
  };
  if (record === undefined) return { ...shared, base: "", state: "unknown", runs: [], addresses: [] };
  const { expiresAt, keep } = record;
  return {
    ...shared,
    base: oneLine(record.base),
    state: record.state,
    runs: referencesIn(record.references).map(reference),
    whose: whose(record.holder),
    addresses: Object.entries(record.urls).map(address),
    createdAt: Date.parse(record.createdAt),
    ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }),
    ...(keep !== undefined && { keep: oneLine(keep) }),
  };
}

/** Whether it stays until somebody destroys it, as far as is known. */
export function staysForEver({ state, expiresAt }: BoardRow): boolean {
  return state !== "unknown" && expiresAt === undefined;
}

function reference(of: Reference): Words {
  return { text: referenceText(of), url: referenceUrl(of) };
}

function whose({ kind, name }: Holder): Words {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#([1-9]\d*)$/.exec(name) ?? [];
  const text = oneLine(name);
  if (kind !== "pull" || repository === undefined || number === undefined) return { text };
  return { text, url: `https://github.com/${repository}/pull/${number}` };
}

/** Anybody who may write leases can put an address there, so only those of web pages become links. */
function address([label, url]: readonly [string, string]): Words {
  const isPage = URL.canParse(url) && ["https:", "http:"].includes(new URL(url).protocol);
  const text = oneLine(label);
  return isPage ? { text, url: new URL(url).href } : { text: `${text}: ${oneLine(url)}` };
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/\p{Cf}/gu, "")
    .trim();
}
