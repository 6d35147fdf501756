import type { Cluster } from "../../cluster";
import type { Run } from "./runs";
import type { Judge } from "./witnesses";

/** How much is read at once, in bytes. */
const PAGE = 1 << 20;

/** How many times that: a container's log is renamed when it has 10 MiB (the kubelet's `containerLogMaxSize`). */
const MOST_PAGES = 16;

/** As much as holds the time of a line. */
const TIME_BYTES = 64;

/** How long after its start a program has written something at the latest, in milliseconds. */
const FIRST_WORDS_MS = 120_000;

/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Where logs are read, and until when. */
export interface Reading {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** From when on it matters, in milliseconds since 1970. */
  readonly since: number;
  /** When to give up, as `performance.now()` has it. */
  readonly until: number;
}

/**
 * When the log of a container's life last tells of use, in milliseconds since 1970; undefined: not since then, and all
 * of it was read. Times are those of the node, which the API server adds.
 *
 * @throws Error when it cannot be read, or not all of it.
 */
export async function lastUseIn(reading: Reading, run: Run, judge: Judge): Promise<number | undefined> {
  let last: number | undefined;
  let from = reading.since;
  for (let page = 0; ; page++) {
    const text = await read(reading, run, { sinceTime: whole(from), limitBytes: String(PAGE) });
    const full = Buffer.byteLength(text) >= PAGE;
    const lines = text.split("\n");
    // What stands after the last line's end may have been cut off.
    const cut = lines.pop();
    const stamped = (full ? lines : [...lines, cut ?? ""]).flatMap(stamp);
    for (const { time, line } of stamped)
      if (time >= reading.since && judge(line, time)) last = Math.max(last ?? time, time);
    if (!full) break;
    const next = stamped.at(-1)?.time;
    // The server goes by whole seconds, so one that fills a page would come again and again.
    if (next === undefined || whole(next) === whole(from) || page + 1 === MOST_PAGES) {
      if (last === undefined) throw new Error(`the log of ${run.pod} is too long`);
      break;
    }
    from = next;
  }
  if (last === undefined) await reachesBack(reading, run);
  return last;
}

/** @throws Error when the log's beginning is gone, since it was too long. */
async function reachesBack(reading: Reading, run: Run): Promise<void> {
  const text = await read(reading, run, { limitBytes: String(TIME_BYTES) });
  const first = stamp(text.split("\n", 1)[0] ?? "").at(0)?.time;
  const needed = Math.max(reading.since, run.startedAt + FIRST_WORDS_MS);
  if (first === undefined || first > needed)
    throw new Error(`the log of ${run.pod} does not reach back far enough`);
}

async function read(
  { cluster, namespace, until }: Reading,
  { pod, container, previous }: Run,
  wanted: Readonly<Record<string, string>>,
): Promise<string> {
  const left = until - performance.now();
  if (left <= 0) throw new Error("it takes too long");
  const query = new URLSearchParams({
    container,
    timestamps: "true",
    ...(previous && { previous: "true" }),
    ...wanted,
  });
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query.toString()}`;
  const { status, body } = await cluster.ask("GET", path, undefined, Math.min(left, PATIENCE_MS));
  if (status === 200) return String(body);
  throw new Error(
    status === 403 ? "you need the right to get pods/log" : `the log of ${pod} is not told (HTTP ${status})`,
  );
}

/** A line and when it was written; none where no time stands before it. */
function stamp(text: string): { readonly time: number; readonly line: string }[] {
  const [, written = "", line = ""] = /^(\S+)(?: (.*))?$/s.exec(text) ?? [];
  const time = Date.parse(written);
  return Number.isNaN(time) ? [] : [{ time, line }];
}

/** In whole seconds, as the API server takes times. */
function whole(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
