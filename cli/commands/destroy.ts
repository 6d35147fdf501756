import { parseStackName } from "../../stacks/settings";
import { pulumi } from "../engine";
import { isGated } from "../gated";
import { untilInterrupted } from "../instances/interrupt";
import { holderFor } from "../instances/who";
import type { ProjectPaths } from "../paths";
import { failure } from "../report";
import { openSession } from "../session";
import { asksNothing } from "./up";

export interface DestroyOptions {
  readonly local: boolean;
  readonly yes: boolean;
  /** Say what would go, and delete nothing. */
  readonly dryRun: boolean;
  /** Of a test instance: wait for whoever works on it. */
  readonly wait: boolean;
  /** Of a test instance: on whose behalf. */
  readonly by?: string;
}

/** Deletes everything of a stack. A test instance's own settings file goes too, unless somebody wrote into it. */
export async function destroy(paths: ProjectPaths, name: string, options: DestroyOptions): Promise<number> {
  if (parseStackName(name).kind === "test-instance") return destroyTest(paths, name, options);
  const session = await openSession(paths, name, options.local);
  const how = options.dryRun ? ["--preview-only"] : asksNothing(session, options.yes) ? ["--yes"] : [];
  const code = await pulumi(session, ["destroy", ...how]);
  if (code !== 0 && isGated(session)) failure(sealed(name));
  return code;
}

/** The engine's advice to remove the stack by hand, which is done here. */
const LEFT_TO_THE_USER = /^The resources in the stack have been deleted|^If you want to remove the stack/;

/** A test instance goes with its lease in hand, so that nobody deploys it meanwhile. */
async function destroyTest(
  paths: ProjectPaths,
  name: string,
  { by, wait, dryRun }: DestroyOptions,
): Promise<number> {
  const { destroyInstance } = await import("../instances/destroy.js");
  const { isNowhere, remainsOf } = await import("../instances/nowhere.js");
  const holder = holderFor(by);
  if (await isNowhere(paths, name)) {
    console.log(`there is no ${name}: nothing had to be deleted; packit-stacks list shows what there is`);
    return 0;
  }
  if (dryRun) {
    for (const one of await remainsOf(paths, name)) console.log(`would go: ${one}`);
    return 0;
  }
  const onLine = (line: string): void => {
    if (!LEFT_TO_THE_USER.test(line)) console.log(line);
  };
  const left = await untilInterrupted((signal) =>
    destroyInstance(paths, name, { holder, wait, onLine, signal }),
  );
  if (left.length > 0) throw new Error(`${name} is destroyed, and this is left of it: ${left.join(", ")}`);
  console.log(`${name} is gone`);
  return 0;
}

/** What to do instead of destroying what others depend on. */
function sealed(name: string): string {
  return [
    `${name} is sealed: nothing of it is deleted while its data is protected.`,
    "  To take one component away, turn it off in the settings and deploy.",
    "  To take all of it down, save its data, and release what docs/operations/disaster-recovery.md says.",
  ].join("\n");
}
