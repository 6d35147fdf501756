import { pulumi } from "../engine";
import type { ProjectPaths } from "../paths";
import { openSession } from "../session";
import { saysOnlySalt } from "../stack-files";
import { asksNothing } from "./up";

export interface DestroyOptions {
  readonly local: boolean;
  readonly yes: boolean;
}

/** Deletes everything of a stack. A test instance's own settings file goes too, unless somebody wrote into it. */
export async function destroy(paths: ProjectPaths, name: string, options: DestroyOptions): Promise<number> {
  const session = await openSession(paths, name, options.local);
  const forget = session.stack.kind === "test-instance" && saysOnlySalt(paths, name);
  return pulumi(session, [
    "destroy",
    ...(forget ? ["--remove"] : []),
    ...(asksNothing(session, options.yes) ? ["--yes"] : []),
  ]);
}
