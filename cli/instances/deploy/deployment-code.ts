import type { Reference } from "../../../stacks/settings/references";
import { referenceText } from "../../../stacks/settings/references";
import { type ResolveOptions, resolveReferences } from "../images/resolve";

/**
 * Sees to it that code of the deployment itself is what is about to run: that is this checkout, and nobody else's
 * code is fetched and run with one's rights by the way.
 *
 * @param root - Folder of the checkout.
 * @throws Error with the commands that check it out.
 */
export async function checkDeploymentCode(
  references: readonly Reference[],
  root: string,
  options: ResolveOptions = {},
): Promise<void> {
  const own = references.filter(({ repository }) => repository === "deployment");
  const [wanted] = await resolveReferences(own, options);
  if (wanted === undefined) return;
  const { execa } = await import("execa");
  const { stdout: here, exitCode } = await execa("git", ["rev-parse", "HEAD"], { cwd: root, reject: false });
  if (exitCode === 0 && here.trim() === wanted.commit) return;
  throw new Error(
    [
      `${referenceText(wanted)} is commit ${wanted.commit}, and this checkout is at ${here.trim() || "none"}: its code deploys`,
      "look at what it does, since it runs with your rights, and check it out:",
      `  git fetch ${wanted.url} ${wanted.gitRef} && git checkout --detach ${wanted.commit}`,
    ].join("\n"),
  );
}
