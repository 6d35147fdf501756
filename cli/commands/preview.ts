import { pulumi } from "../engine";
import type { ProjectPaths } from "../paths";
import { isGated } from "../gated";
import { openSession } from "../session";

export interface PreviewOptions {
  readonly local: boolean;
  /** Show every field of every change. */
  readonly diff: boolean;
  /** Print the steps as JSON. */
  readonly json: boolean;
}

/**
 * Shows what a deployment would change; of staging and production also what the policy and the gate say of it.
 *
 * @returns the exit code.
 */
export async function preview(paths: ProjectPaths, name: string, options: PreviewOptions): Promise<number> {
  const session = await openSession(paths, name, options.local);
  if (isGated(session) && !options.json) {
    const { previewThroughGate } = await import("../through-gate.js");
    const code = await previewThroughGate(session);
    if (!options.diff || code !== 0) return code;
  }
  return pulumi(session, [
    "preview",
    ...(options.diff ? ["--diff"] : []),
    ...(options.json ? ["--json"] : []),
  ]);
}
