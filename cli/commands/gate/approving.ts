import { Option } from "commander";

import type { Approvals } from "../../../policy/gate/approvals";

/** How unsafe changes that are meant are approved on the command line. */
export interface Approving {
  /** Each as `RULE=URN`. */
  readonly approve?: readonly string[];
  /** Fingerprints of sets of findings. */
  readonly approveAll?: readonly string[];
  readonly reason?: string;
}

/**
 * Reads what is approved; undefined when nothing is.
 *
 * @throws Error when an approval has no reason, or is none.
 */
export async function approvalsIn({
  approve = [],
  approveAll = [],
  reason = "",
}: Approving): Promise<Approvals | undefined> {
  if (approve.length + approveAll.length === 0) return undefined;
  const { parseApproval } = await import("../../../policy/gate/approvals.js");
  const given = approve.map(parseApproval);
  if (reason.trim() === "") throw new Error("an approval needs a reason: add --reason 'why this is meant'");
  return { given, reason, fingerprints: approveAll };
}

/** The options by which a command takes approvals. */
export function approvingOptions(): readonly Option[] {
  const collected = (flags: string, description: string): Option =>
    new Option(flags, `${description}; can be given several times, and needs --reason`)
      .argParser((text: string, given: string[]) => [...given, text])
      .default([], "none");
  return [
    collected("--approve <rule=urn>", "let one unsafe change pass"),
    collected(
      "--approve-all <fingerprint>",
      "let exactly the unsafe changes pass that have this fingerprint",
    ),
    new Option("--reason <text>", "why they are approved: it is shown with them"),
  ];
}
