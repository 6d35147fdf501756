import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { checkDeploymentCode } from "../../../../cli/instances/deploy/deployment-code";
import type { Reference } from "../../../../stacks/settings/references";

describe("a pull request of the deployment itself", () => {
  let folder: string;
  let root: string;
  let from: string;

  function git(...args: readonly string[]): string {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
    const identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"];
    return execFileSync("git", [...identity, ...args], { cwd: root, env, encoding: "utf8" }).trim();
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    root = join(folder, "packit", "deployment");
    mkdirSync(root, { recursive: true });
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--message", "First");
    git("update-ref", "refs/pull/321/head", "HEAD");
    from = pathToFileURL(folder).href;
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const references: readonly Reference[] = [{ repository: "deployment", ref: { kind: "pull", number: 321 } }];

  it("is deployed by a checkout of it", async () => {
    await checkDeploymentCode(references, root, { from });
  });

  it("is refused from another, with the commands that check it out", async () => {
    const wanted = git("rev-parse", "HEAD");
    git("commit", "--quiet", "--allow-empty", "--message", "Second");
    await assert.rejects(checkDeploymentCode(references, root, { from }), (error: Error) => {
      assert.match(error.message, /deployment=321 is commit/);
      assert.match(
        error.message,
        new RegExp(`git fetch .* refs/pull/321/head && git checkout --detach ${wanted}`),
      );
      return true;
    });
  });

  it("asks nobody when the deployment takes no part", async () => {
    await checkDeploymentCode([], root, { from: "file:///nowhere" });
  });
});
