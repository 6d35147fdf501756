import { configuredExceptions } from "../policy/configured-exceptions";
import { Exceptions } from "../policy/exceptions";
import type { Approvals } from "../policy/gate/approvals";
import { planOf } from "../policy/gate/plan";
import type { Preview } from "../policy/gate/preview";
import { THRESHOLDS } from "../policy/gate/limits";
import { exitCodeOf, judge } from "../policy/gate/judge";
import { parsePreview } from "../policy/gate/parse";
import { packRemarks } from "../policy/gate/pack-remarks";
import { asText } from "../policy/gate/report/text";
import { changesText } from "../policy/gate/report/changes";
import { stackOf } from "../policy/gate/stack";
import { Unreadable } from "../policy/gate/unreadable";
import { onOutput } from "../tools/process/colours";
import { previewAsJson } from "./commands/gate/preview";
import { failure } from "./report";
import type { Session } from "./session";

/** Most remarks of the policy that are shown one by one. */
const MOST = 20;

/**
 * Previews a stack, shows what would change and what the pack's rules and the gate say of it. The mandatory rules
 * have run in the program by then: what they refuse is an error of the preview.
 *
 * @param approvals - Of unsafe changes that are meant.
 * @returns 0 when nothing is wrong, 1 when something is unsafe, 2 when it cannot be told.
 */
export async function previewThroughGate(session: Session, approvals?: Approvals): Promise<number> {
  try {
    return show(session.stack.name, parsePreview(await previewAsJson(session)), approvals);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    failure(`the preview cannot be judged: ${error.message}`);
    return 2;
  }
}

function show(name: string, preview: Preview, approvals: Approvals | undefined): number {
  const verdict = judge(preview, name, approvals === undefined ? {} : { approvals });
  const plan = planOf(preview, stackOf(name), THRESHOLDS);
  const remarks = packRemarks(plan, new Exceptions(configuredExceptions(preview.config), new Date()));
  for (const remark of remarks.slice(0, MOST)) console.log(onOutput.dim(`policy: ${remark}`));
  if (remarks.length > MOST) console.log(onOutput.dim(`policy: and ${remarks.length - MOST} more`));
  console.log(asText(verdict, onOutput));
  console.log(`\n${changesText(plan, onOutput)}`);
  return exitCodeOf(verdict);
}
