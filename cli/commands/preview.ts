import { pulumi } from "../engine";
import type { ProjectPaths } from "../paths";
import { openSession } from "../session";

export interface PreviewOptions {
  readonly local: boolean;
  /** Show every field of every change. */
  readonly diff: boolean;
  /** Print the steps as JSON. */
  readonly json: boolean;
}

/** Shows what a deployment would change. @returns the exit code. */
export async function preview(paths: ProjectPaths, name: string, options: PreviewOptions): Promise<number> {
  const session = await openSession(paths, name, options.local);
  return pulumi(session, [
    "preview",
    ...(options.diff ? ["--diff"] : []),
    ...(options.json ? ["--json"] : []),
  ]);
}
