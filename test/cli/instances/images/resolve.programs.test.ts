import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { resolveReferences } from "../../../../cli/instances/images/resolve";
import type { Repository } from "../../../../stacks/settings/pulls";
import { parseRef, type Ref, type Reference } from "../../../../stacks/settings/references";
import { program } from "../../../support/programs";

describe("resolving references at a real repository", () => {
  const git = program("git");
  let folder: string;
  let first: string;
  let second: string;

  const run = (cwd: string, ...args: string[]) =>
    execFileSync(
      git,
      ["-c", "user.name=test", "-c", "user.email=test@packit.dev", "-c", "init.defaultBranch=main", ...args],
      { cwd, encoding: "utf8", env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: "1" } },
    ).trim();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    for (const path of ["packit/packit", "jane/packit"]) {
      mkdirSync(join(folder, path), { recursive: true });
      run(join(folder, path), "init", "--quiet");
      run(join(folder, path), "commit", "--quiet", "--allow-empty", "--message", path);
    }
    const upstream = join(folder, "packit/packit");
    first = run(upstream, "rev-parse", "HEAD");
    run(upstream, "commit", "--quiet", "--allow-empty", "--message", "second");
    second = run(upstream, "rev-parse", "HEAD");
    run(upstream, "update-ref", "refs/pull/614/head", first);
    // A name at whose end a whole reference stands.
    run(upstream, "update-ref", "refs/heads/trap/refs/heads/main", first);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (text: string, repository: Repository = "packit") => {
    const ref = parseRef(text) ?? assert.fail(text);
    return resolveReferences([{ repository, ref }], { from: `file://${folder}` });
  };

  it("finds the commit of a pull request, a branch, a fork's branch, and of some or all of its digits", async () => {
    const url = `file://${folder}/packit/packit`;
    const expected = (gitRef: string, commit: string, at = url) => ({ url: at, gitRef, commit });
    const found = async (text: string) => {
      const [one] = await ask(text);
      return one && { url: one.url, gitRef: one.gitRef, commit: one.commit };
    };
    assert.deepEqual(await found("614"), expected("refs/pull/614/head", first));
    assert.deepEqual(await found("branch:main"), expected("refs/heads/main", second));
    const fork = `file://${folder}/jane/packit`;
    const theirs = run(join(folder, "jane/packit"), "rev-parse", "HEAD");
    assert.deepEqual(await found("jane:main"), expected("refs/heads/main", theirs, fork));
    assert.deepEqual(await found(`sha:${second.slice(0, 9)}`), expected(second, second));
    assert.deepEqual(await found(`sha:${second}`), expected(second, second));
  });

  it("says of every reference that means nothing what it is that is not there", async () => {
    const references = [
      { repository: "packit", ref: { kind: "pull", number: 7 } },
      { repository: "ogr", ref: { kind: "branch", branch: "main" } },
    ] as const satisfies readonly Reference[];
    await assert.rejects(
      resolveReferences(references, { from: `file://${folder}` }),
      ({ message }: Error) => {
        assert.match(message, /^packit=7: file:\S+ has no pull request 7$/m);
        assert.match(message, /^ogr=branch:main: cannot ask file:\S+ogr: /m);
        return true;
      },
    );
    await assert.rejects(ask("branch:gone"), /packit=branch:gone: \S+ has no branch gone$/);
    await assert.rejects(ask("sha:0000000"), /write all 40 digits of the commit$/);
  });

  it("runs nothing of a hostile reference, not even one that no check has seen", async () => {
    const mark = join(folder, "mark");
    const hostile = [
      `--upload-pack=touch ${mark}`,
      `$(touch ${mark})`,
      `; touch ${mark}`,
      `x\ntouch ${mark}`,
      `ext::sh -c "touch ${mark}"`,
    ];
    for (const text of hostile) {
      assert.equal(parseRef(`branch:${text}`), undefined, text);
      const refs: Ref[] = [
        { kind: "branch", branch: text },
        { kind: "fork", owner: text, branch: text },
      ];
      for (const ref of refs) {
        await assert.rejects(
          resolveReferences([{ repository: "packit", ref }], { from: `file://${folder}` }),
        );
      }
      // Nor of an address that is one to git.
      await assert.rejects(
        resolveReferences([{ repository: "packit", ref: { kind: "pull", number: 614 } }], { from: text }),
      );
    }
    assert.equal(existsSync(mark), false);
  });
});
