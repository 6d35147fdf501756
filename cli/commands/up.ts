import { createInterface } from "node:readline/promises";

import { pulumi } from "../engine";
import type { ProjectPaths } from "../paths";
import { isGated } from "../gated";
import { section } from "../report";
import { openSession, type Session } from "../session";
import { type Approving, approvalsIn } from "./gate/approving";
import { nextSteps, type Row } from "./next";

export interface UpOptions extends Approving {
  /** Run a shared environment on the local control plane. */
  readonly local: boolean;
  /** Deploy without showing first what will change. */
  readonly skipPreview: boolean;
  /** Ask no question. */
  readonly yes: boolean;
}

/**
 * Deploys a stack and says where it is. Staging and production only when the gate finds no unsafe change.
 *
 * @returns the exit code.
 */
export async function up(paths: ProjectPaths, name: string, options: UpOptions): Promise<number> {
  const approvals = await approvalsIn(options);
  const session = await openSession(paths, name, options.local);
  const asks = !asksNothing(session, options.yes);
  // A trial on this machine holds nothing that could be lost.
  const gated = isGated(session) && !(session.local && options.skipPreview);
  if (gated) {
    const { previewThroughGate } = await import("../through-gate.js");
    const judged = await previewThroughGate(session, approvals);
    if (judged !== 0) return judged;
    if (asks && !(await agreed(session.stack.name))) return 1;
  }
  const code = await pulumi(session, [
    "up",
    ...(gated || options.skipPreview ? ["--skip-preview"] : []),
    ...(gated || !asks ? ["--yes"] : []),
  ]);
  if (code === 0) console.log(`\n${whereItIs(session)}`);
  return code;
}

/** Asks on the terminal; without one the answer is no. */
async function agreed(name: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Error(`nobody is there to agree to the deployment of ${name}: set YES=1`);
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await questions.question(`Deploy this to ${name}? [y/N] `)).trim());
  } finally {
    questions.close();
  }
}

/** What others depend on is changed only after a person, or `YES=1`, has said so. */
export function asksNothing({ stack, local }: Session, yes: boolean): boolean {
  return yes || local || stack.kind === "test-instance";
}

function whereItIs(session: Session): string {
  const places: Row[] = [["namespace", session.namespace], ...Object.entries(session.addresses)];
  return `${section(session.stack.name, places)}\n\n${section("Next", nextSteps(session))}`;
}
