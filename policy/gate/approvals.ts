import { plain } from "./text";

/** What somebody has decided about unsafe changes that are meant. */
export interface Approvals {
  /** Each approves one unsafe change of one resource. */
  readonly given: readonly Approval[];
  /** Fingerprints of sets of findings that are approved as a whole. @default none */
  readonly fingerprints?: readonly string[];
  /** Why, in the words of whoever approves. Shown with each finding. */
  readonly reason: string;
}

export interface Approval {
  /** Id of the unsafe change. */
  readonly rule: string;
  readonly urn: string;
}

interface Judged {
  readonly rule: string;
  readonly urn: string;
}

/**
 * Reads `RULE=URN`.
 *
 * @throws Error when it is something else.
 */
export function parseApproval(text: string): Approval {
  const [, rule, urn] = /^([a-z]+\/[a-z-]+)=(urn:pulumi:.+)$/.exec(text) ?? [];
  if (rule === undefined || urn === undefined)
    throw new Error(
      `--approve ${plain(text)}: expected RULE=URN as a finding shows it, such as state/delete=urn:pulumi:…`,
    );
  return { rule, urn };
}

/** How a set of findings is approved: reasons, and what approved nothing. */
export interface Applied {
  /** The reason, where a finding is approved. */
  readonly reasonFor: (finding: Judged) => string | undefined;
  /** Approvals that approve none of the findings that were asked about, in words. */
  readonly unused: () => readonly string[];
}

/**
 * Finds the approvals of findings, and remembers which were good for something.
 *
 * @param fingerprint - Of all findings together.
 */
export function applied(approvals: Approvals | undefined, fingerprint: string | undefined): Applied {
  const { given = [], fingerprints = [], reason = "" } = approvals ?? {};
  const seen = new Set<Approval>();
  const whole = fingerprint !== undefined && fingerprints.includes(fingerprint);
  return {
    reasonFor: ({ rule, urn }) => {
      const own = given.filter((approval) => approval.rule === rule && approval.urn === urn);
      own.forEach((approval) => seen.add(approval));
      return whole || own.length > 0 ? plain(reason, 300) : undefined;
    },
    unused: () => [
      ...given
        .filter((approval) => !seen.has(approval))
        .map(
          ({ rule, urn }) => `the approval ${plain(`${rule}=${urn}`, 300)} approves nothing in this preview`,
        ),
      // The fingerprint of another stack's findings can be among those of one change.
      ...(fingerprints.length > 0 && fingerprint !== undefined && !whole
        ? [`the approval of ${plain(fingerprints.join(", "))} is of other findings than these`]
        : []),
    ],
  };
}
