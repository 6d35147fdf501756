import { millisecondsOf, NEVER } from "../../../stacks/settings/duration";
import type { Finding } from "../../../stacks/settings/errors";
import { shown } from "./shown";

/** How long an instance lives, as somebody typed it. */
export interface LifeWords {
  readonly ttl?: string;
  /** Why it has no end. */
  readonly reason?: string;
}

/** What is wrong with how long an instance is to live. */
export function lifeFindings({ ttl, reason }: LifeWords): readonly Finding[] {
  const findings: Finding[] = [];
  if (ttl !== undefined && ttl !== NEVER && millisecondsOf(ttl) === undefined) {
    findings.push({
      key: "--ttl",
      problem: "is no time",
      seen: shown(ttl),
      allowed: "from 1 to 99999 minutes, hours or days, such as 90m, 3h or 7d; or never, with --reason",
      fix: "for example: --ttl 3h",
    });
  }
  if (ttl === NEVER && reason === undefined) {
    findings.push({
      key: "--reason",
      problem: "is missing: an instance without an end needs one",
      fix: 'for example: --ttl never --reason "demonstration at the conference"',
    });
  }
  if (ttl !== NEVER && reason !== undefined)
    findings.push({
      key: "--reason",
      problem: "is for --ttl never only",
      seen: shown(reason),
      fix: "leave it out",
    });
  else if (reason !== undefined && !/^\S(?:.{0,198}\S)?$/.test(reason))
    findings.push({
      key: "--reason",
      problem: "is no text on one line of at most 200 characters",
      fix: "shorten it",
    });
  return findings;
}
