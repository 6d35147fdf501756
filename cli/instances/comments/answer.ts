import type { InstanceView } from "../view";
import { block, code, escaped, link } from "./markdown";

/** Begins the one comment, unseen by readers. */
export const MARKER = "<!-- packit-stacks test-instance -->";

/** What a test instance's state is called on its pull request. */
export type ShownState =
  | "queued"
  | "building"
  | "deploying"
  | "live"
  | "asleep"
  | "failed"
  | "destroying"
  | "gone"
  | "none"
  | "unknown";

/** What the one comment says. */
export interface Answer {
  readonly state: ShownState;
  /** The instance's name, where it has one. */
  readonly name?: string;
  /** What is being done. */
  readonly step?: string;
  /** Why it failed, or why it is gone. */
  readonly reason?: string;
  /** What is known of it. */
  readonly view?: InstanceView;
  /** What else somebody asked for, and what came of it. */
  readonly notice?: { readonly title: string; readonly lines?: readonly string[]; readonly log?: string };
  /** Where the work can be watched. */
  readonly log?: string;
}

/** What a state is called, at the end of the first line. */
export const WORDS: Readonly<Record<ShownState, string>> = {
  queued: "⏳ queued",
  building: "🔨 building its images",
  deploying: "🚀 deploying",
  live: "✅ live",
  asleep: "💤 asleep",
  failed: "❌ failed",
  destroying: "🧹 being destroyed",
  gone: "⚪ gone",
  none: "⚪ none",
  unknown: "❔ in an unknown state",
};

/** Most instances have the web API and the dashboard; the others come after them. */
const FIRST = ["dashboard", "api"];

/** The comment's text, without its marker. */
export function answerText(answer: Answer): string {
  const { state, name, step, reason, view, notice, log } = answer;
  const title = name === undefined ? "Test instance" : `Test instance ${code(name)}`;
  const parts = [`### ${title}: ${WORDS[state]}`];
  if (step !== undefined) parts.push(`${escaped(step)} …`);
  if (reason !== undefined) parts.push(reason.includes("\n") ? block(reason) : escaped(reason));
  if (view !== undefined && state !== "gone") parts.push(table(view));
  if (notice !== undefined) parts.push(...noticeParts(notice));
  const next = nextCommands(state);
  if (next.length > 0) parts.push(`Next: ${next.join(", ")}.`);
  if (log !== undefined) parts.push(`What is being done can be read at ${link(log)}.`);
  return parts.join("\n\n");
}

function noticeParts({ title, lines = [], log }: NonNullable<Answer["notice"]>): string[] {
  const parts = [`> ${escaped(title)}`];
  if (lines.length > 0) parts.push(lines.map((line) => `- ${line}`).join("\n"));
  if (log !== undefined) parts.push(`<details><summary>Log</summary>\n\n${block(log)}\n\n</details>`);
  return parts;
}

function table({ urls, pulls, holder, expiresAt, keep, identity }: InstanceView): string {
  const place = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const addresses = Object.entries(urls).sort(([a], [b]) => place(a) - place(b));
  const rows: (readonly [string, string])[] = [
    ...addresses.map(([name, address]) => [escaped(name), link(address)] as const),
    ["runs", pulls.map(code).join(" ")],
    ...(holder === null ? [] : [["of", code(holder.name)] as const]),
    ["until", expiresAt === null ? forEver(keep) : time(expiresAt)],
    ...(identity === undefined ? [] : [["identity", code(identity)] as const]),
  ];
  return ["| | |", "| --- | --- |", ...rows.map(([label, text]) => `| ${label} | ${text} |`)].join("\n");
}

function forEver(keep: string | undefined): string {
  return keep === undefined ? "somebody destroys it" : `somebody destroys it (${escaped(keep)})`;
}

/** To the minute, in UTC. */
function time(text: string): string {
  return code(`${text.slice(0, 16).replace("T", " ")} UTC`);
}

const DEPLOY = "`/packit-deploy` brings it up to date";
const DESTROY = "`/packit-destroy` takes it down";
const EXTEND = "`/packit-extend 24h` keeps it longer";
const LOGS = "`/packit-logs` shows what it says";

function nextCommands(state: ShownState): readonly string[] {
  switch (state) {
    case "live":
      return [DEPLOY, EXTEND, LOGS, DESTROY];
    case "asleep":
      return ["`/packit-wake` wakes it", EXTEND, DESTROY];
    case "failed":
    case "unknown":
      return ["`/packit-deploy` tries again", LOGS, DESTROY];
    case "gone":
    case "none":
      return ["`/packit-deploy` makes one"];
    default:
      return [];
  }
}
