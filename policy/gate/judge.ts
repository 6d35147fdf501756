import { createHash } from "node:crypto";

import { type Approvals, applied } from "./approvals";
import { doubtsOf } from "./doubts";
import { whyReplaced } from "./force-new";
import { displayName } from "./kinds";
import { THRESHOLDS, type Thresholds } from "./limits";
import { type Action, planOf } from "./plan";
import type { Preview } from "./preview";
import { UNSAFE_CHANGES } from "./registry";
import { stackIn, stackOf } from "./stack";
import { plain } from "./text";
import { Unreadable } from "./unreadable";
import type { Problem, UnsafeChange } from "./unsafe-change";

/** One unsafe change of one resource. Holds no secret, and no text that a terminal would take for a command. */
export interface Finding {
  /** Id of the unsafe change, for example `state/delete`. */
  readonly rule: string;
  readonly urn: string;
  /** Kind and name. */
  readonly resource: string;
  readonly action: Action;
  readonly says: string;
  readonly from?: string;
  readonly to?: string;
  /** Why the resource is replaced, where it is. */
  readonly replaced?: string;
  readonly lost?: string;
  readonly why: string;
  readonly instead: string;
  /** The reason of whoever has approved it. */
  readonly approved?: string;
}

/** What the gate says of a preview. */
export interface Verdict {
  readonly stack: string;
  readonly outcome: "safe" | "unsafe" | "undecided";
  /** Unsafe changes that nobody has approved. */
  readonly findings: readonly Finding[];
  readonly approved: readonly Finding[];
  /** Changes that are unsafe or not, depending on a value that is not known yet. */
  readonly undecided: readonly Finding[];
  /** Why the preview as a whole cannot be relied on: errors, and what does not fit together. */
  readonly errors: readonly string[];
  /** What could not be seen in this preview, and approvals that approved nothing. */
  readonly notes: readonly string[];
  /** How many resources each action concerns. */
  readonly counts: Readonly<Partial<Record<Action, number>>>;
  /** Names exactly these findings: a label of this name approves them, and no others. Absent without findings. */
  readonly fingerprint?: string;
}

/** How the gate judges. */
export interface Judging {
  readonly approvals?: Approvals;
  readonly thresholds?: Thresholds;
}

/**
 * Judges what a preview shows of a stack's deployment. Depends on its arguments alone.
 *
 * @throws Unreadable when the preview is of another stack.
 */
export function judge(preview: Preview, stackName: string, judging: Judging = {}): Verdict {
  const foreign = preview.steps.map(({ urn }) => stackIn(urn)).find((name) => name !== stackName);
  if (foreign !== undefined)
    throw new Unreadable(`it is a preview of stack ${plain(foreign)}, not of ${plain(stackName)}`);
  const stack = stackOf(stackName);
  const plan = planOf(preview, stack, judging.thresholds ?? THRESHOLDS);
  const all = UNSAFE_CHANGES.filter(({ where }) => where.includes(stack.where)).flatMap((rule) =>
    [...rule.find(plan)].map((problem) => ({ finding: findingOf(rule, problem), problem })),
  );
  const certain = all.filter(({ problem }) => problem.undecided !== true).map(({ finding }) => finding);
  const print = certain.length === 0 ? undefined : fingerprint(certain);
  const { reasonFor, unused } = applied(judging.approvals, print);
  const findings: Finding[] = [];
  const approved: Finding[] = [];
  for (const finding of certain) {
    const reason = reasonFor(finding);
    if (reason === undefined) findings.push(finding);
    else approved.push({ ...finding, approved: reason });
  }
  const undecided = all
    .filter(({ problem }) => problem.undecided === true)
    .map(({ finding }) => finding)
    .filter((finding) => reasonFor(finding) === undefined);
  const errors = [...preview.errors, ...doubtsOf(preview, plan)];
  return {
    stack: stackName,
    outcome: findings.length > 0 ? "unsafe" : errors.length + undecided.length > 0 ? "undecided" : "safe",
    findings,
    approved,
    undecided,
    errors,
    notes: [...unseen(plan), ...unused()],
    counts: countsOf(plan.changes.map(({ action }) => action)),
    ...(print !== undefined && { fingerprint: print }),
  };
}

/** 0 safe, 1 unsafe, 2 could not judge. */
export function exitCodeOf({ outcome }: Pick<Verdict, "outcome">): 0 | 1 | 2 {
  return ({ safe: 0, unsafe: 1, undecided: 2 } as const)[outcome];
}

function findingOf(rule: UnsafeChange, { change, says, from, to, lost }: Problem): Finding {
  const replaced = whyReplaced(change);
  return {
    rule: rule.id,
    urn: plain(change.urn, 1000),
    resource: plain(displayName(change)),
    action: change.action,
    says: plain(says, 300),
    ...(from !== undefined && { from: plain(from) }),
    ...(to !== undefined && { to: plain(to) }),
    ...(replaced !== undefined && { replaced: plain(replaced, 300) }),
    ...(lost !== undefined && { lost: plain(lost) }),
    why: rule.why,
    instead: rule.instead,
  };
}

/** The same findings have the same, in whatever order; any other value, resource or rule gives another. */
function fingerprint(findings: readonly Finding[]): string {
  const lines = findings.map(({ rule, urn, says, from, to }) => JSON.stringify([rule, urn, says, from, to]));
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex").slice(0, 12);
}

function unseen({ showsUnchanged, showsReplacements }: Parameters<UnsafeChange["find"]>[0]): string[] {
  return [
    ...(showsUnchanged
      ? []
      : [
          "unchanged resources are not in this preview: protection that is turned off, and what else reads or " +
            "bounds a changed resource, could not be seen (add --show-sames)",
        ]),
    ...(showsReplacements
      ? []
      : [
          "steps of replacements are not in this preview: their order could not be seen (add --show-replacement-steps)",
        ]),
  ];
}

function countsOf(actions: readonly Action[]): Partial<Record<Action, number>> {
  const counts: Partial<Record<Action, number>> = {};
  for (const action of actions) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}
