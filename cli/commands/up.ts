import { pulumi } from "../engine";
import type { ProjectPaths } from "../paths";
import { section } from "../report";
import { openSession, type Session } from "../session";
import { nextSteps, type Row } from "./next";

export interface UpOptions {
  /** Run a shared environment on the local control plane. */
  readonly local: boolean;
  /** Deploy without showing first what will change. */
  readonly skipPreview: boolean;
  /** Ask no question. */
  readonly yes: boolean;
}

/** Deploys a stack and says where it is. @returns the exit code. */
export async function up(paths: ProjectPaths, name: string, options: UpOptions): Promise<number> {
  const session = await openSession(paths, name, options.local);
  const code = await pulumi(session, [
    "up",
    ...(options.skipPreview ? ["--skip-preview"] : []),
    ...(asksNothing(session, options.yes) ? ["--yes"] : []),
  ]);
  if (code === 0) console.log(`\n${whereItIs(session)}`);
  return code;
}

/** What others depend on is changed only after a person, or `YES=1`, has said so. */
export function asksNothing({ stack, local }: Session, yes: boolean): boolean {
  return yes || local || stack.kind === "test-instance";
}

function whereItIs(session: Session): string {
  const places: Row[] = [["namespace", session.namespace], ...Object.entries(session.addresses)];
  return `${section(session.stack.name, places)}\n\n${section("Next", nextSteps(session))}`;
}
