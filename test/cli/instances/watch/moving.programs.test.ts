import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { commitsOf, isNoMore, movedBetween } from "../../../../cli/instances/watch/moving";
import { parseRef, type Reference } from "../../../../stacks/settings/references";
import { program } from "../../../support/programs";

describe("references that move, at a real repository", () => {
  const git = program("git");
  let folder: string;
  let repository: string;

  const run = (...args: string[]) =>
    execFileSync(
      git,
      ["-c", "user.name=test", "-c", "user.email=test@packit.dev", "-c", "init.defaultBranch=main", ...args],
      {
        cwd: repository,
        encoding: "utf8",
        env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: "1" },
      },
    ).trim();
  const commit = (message: string): string => {
    run("commit", "--quiet", "--allow-empty", "--message", message);
    return run("rev-parse", "HEAD");
  };
  const reference = (text: string): Reference => ({
    repository: "ogr",
    ref: parseRef(text) ?? assert.fail(text),
  });
  const look = (text: string) => commitsOf([reference(text)], { from: `file://${folder}` });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    repository = join(folder, "packit/ogr");
    mkdirSync(repository, { recursive: true });
    run("init", "--quiet");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [text, ref] of [
    ["123", "refs/pull/123/head"],
    ["branch:mend", "refs/heads/mend"],
  ] as const) {
    it(`sees ${text} pushed to, forced back, and gone`, async () => {
      const first = commit("first");
      run("update-ref", ref, first);
      const before = await look(text);
      assert.deepEqual(movedBetween(before, await look(text)), []);
      const second = commit("second");
      run("update-ref", ref, second);
      const after = await look(text);
      assert.deepEqual(movedBetween(before, after), [`ogr: ${first.slice(0, 9)} → ${second.slice(0, 9)}`]);
      run("update-ref", ref, first);
      assert.deepEqual(movedBetween(after, await look(text)), [
        `ogr: ${second.slice(0, 9)} → ${first.slice(0, 9)}`,
      ]);
      run("update-ref", "-d", ref);
      await assert.rejects(look(text), isNoMore);
    });
  }

  it("does not take a forge that cannot be asked for one without the reference", async () => {
    const nowhere = commitsOf([reference("123")], { from: `file://${folder}/nowhere` });
    await assert.rejects(nowhere, (error) => !isNoMore(error));
  });
});
