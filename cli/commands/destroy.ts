import { pulumi } from "../engine";
import type { ProjectPaths } from "../paths";
import { isGated } from "../gated";
import { failure } from "../report";
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
  const code = await pulumi(session, [
    "destroy",
    ...(forget ? ["--remove"] : []),
    ...(asksNothing(session, options.yes) ? ["--yes"] : []),
  ]);
  if (code !== 0 && isGated(session)) failure(sealed(name));
  return code;
}

/** What to do instead of destroying what others depend on. */
function sealed(name: string): string {
  return [
    `${name} is sealed: nothing of it is deleted while its data is protected.`,
    "  To take one component away, turn it off in the settings and deploy.",
    "  To take all of it down, save its data, and release what docs/operations/disaster-recovery.md says.",
  ].join("\n");
}
