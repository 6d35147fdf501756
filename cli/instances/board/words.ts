import { timeText } from "../leases/time-text";
import { type BoardRow, staysForEver } from "./row";
import type { Requests } from "./requests";

const MINUTE_MS = 60_000;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const cores = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const gibibytes = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** A time as seen from another: `3 hours ago`, `in 2 days`. Both in milliseconds since 1970. */
export function fromNow(time: number, now: number): string {
  const sign = time < now ? -1 : 1;
  const minutes = Math.round(Math.abs(time - now) / MINUTE_MS);
  if (minutes < 120) return relative.format(sign * minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 72
    ? relative.format(sign * hours, "hour")
    : relative.format(sign * Math.round(hours / 24), "day");
}

/** A time in words beside the exact one. */
export interface Moment {
  readonly text: string;
  /** In UTC, to the second. */
  readonly exact: string;
  /** As programs read it. */
  readonly iso: string;
}

/** How old an instance is; undefined when that is not known. */
export function ageOf({ createdAt, now }: BoardRow): Moment | undefined {
  return createdAt === undefined ? undefined : moment(fromNow(createdAt, now), createdAt);
}

/** When an instance ends: a moment, for ever with the reason, or undefined when that is not known. */
export function endOf(row: BoardRow): Moment | { readonly keep: string } | undefined {
  const { expiresAt, now, keep = "" } = row;
  if (expiresAt === undefined) return staysForEver(row) ? { keep } : undefined;
  return moment(expiresAt > now ? fromNow(expiresAt, now) : `due, ${fromNow(expiresAt, now)}`, expiresAt);
}

/** A time that is told as it is. */
export function moment(text: string, time: number): Moment {
  return { text, exact: timeText(time), iso: new Date(time).toISOString() };
}

/** `0.33 CPU`. */
export function cpuText({ cpu }: Requests): string {
  return `${cores.format(cpu)} CPU`;
}

/** `2.2 GiB`. */
export function memoryText({ memory }: Requests): string {
  return `${gibibytes.format(memory / 2 ** 30)} GiB`;
}

/** What all together are promised; undefined when it is not known of anybody. */
export function total(rows: readonly BoardRow[]): Requests | undefined {
  const known = rows.flatMap(({ requests }) => requests ?? []);
  if (known.length === 0) return undefined;
  return known.reduce((sum, { cpu, memory }) => ({ cpu: sum.cpu + cpu, memory: sum.memory + memory }));
}

/** `7 instances: 4 live, 2 asleep, 1 failed`, in the order of the rows' first appearance in a life. */
export function countText(rows: readonly BoardRow[]): string {
  const counts = STATES.flatMap((state) => {
    const count = rows.filter((row) => row.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  const all = rows.length === 1 ? "1 instance" : `${rows.length} instances`;
  return `${all}: ${counts.join(", ")}`;
}

const STATES: readonly BoardRow["state"][] = [
  "live",
  "asleep",
  "queued",
  "building",
  "deploying",
  "destroying",
  "failed",
  "unknown",
];
