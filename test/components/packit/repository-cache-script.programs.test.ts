import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync } from "node:fs";

import { cloneName, fillScript, repositoryList } from "../../../components/packit/repository-cache-script";
import { program } from "../../support/programs";
import { sandbox, type Ended } from "../../support/sandbox";

describe("the script that fills a repository cache", function () {
  this.timeout(60_000);
  const git = program("git");
  const place = sandbox();

  const run = (...args: string[]): string => {
    const identity = { GIT_CONFIG_GLOBAL: "/dev/null", HOME: place().folder };
    const { status, output } = place().run(
      git,
      ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args],
      identity,
    );
    assert.equal(status, 0, output);
    return output.trim();
  };
  /** A repository with a commit, as a forge has it. @returns its address. */
  const forge = (name: string): string => {
    const folder = place().path(`forge/${name}`);
    run("init", "--quiet", "--initial-branch=main", folder);
    commit(name, "first");
    return `file://${folder}`;
  };
  const commit = (name: string, message: string): string => {
    const folder = place().path(`forge/${name}`);
    run("-C", folder, "commit", "--quiet", "--allow-empty", "--message", message);
    return run("-C", folder, "rev-parse", "HEAD");
  };
  /** Fills a cache with these repositories. */
  const fill = (cache: string, ...urls: string[]): Ended => {
    const script = place().write("fill.sh", fillScript());
    const list = place().write("repositories", repositoryList(urls));
    if (!existsSync(place().path(cache))) place().run("mkdir", [place().path(cache)]);
    return place().run("sh", [script, place().path(cache), list]);
  };
  const clones = (cache: string): string[] => readdirSync(place().path(cache)).sort();
  const head = (cache: string, name: string): string =>
    run("-C", place().path(`${cache}/${name}`), "rev-parse", "refs/remotes/origin/main");

  it("clones what is missing, without a working tree, under the name that Packit looks for", () => {
    const { status, output } = fill("new", forge("kernel"), `${forge("glibc")}/`);
    assert.equal(status, 0, output);
    assert.deepEqual(clones("new"), ["glibc", "kernel"]);
    assert.deepEqual(readdirSync(place().path("new/kernel")), [".git"]);
    assert.match(output, /clone of kernel is done/);
  });

  it("can be borrowed from", () => {
    const url = forge("borrowed");
    fill("lender", url);
    run("clone", "--quiet", "--reference", place().path("lender/borrowed"), url, place().path("borrower"));
    const alternates = run("-C", place().path("borrower"), "count-objects", "--verbose");
    assert.match(alternates, /alternate: .*lender\/borrowed/);
    assert.match(alternates, /^count: 0$/m);
  });

  it("D23: fetches what is there instead of cloning it again, new tags and rewritten branches too", () => {
    const url = forge("moving");
    fill("again", url);
    const second = commit("moving", "second");
    run("-C", place().path("forge/moving"), "tag", "v1");
    const { status, output } = fill("again", url);
    assert.equal(status, 0, output);
    assert.match(output, /fetch of moving is done/);
    assert.equal(head("again", "moving"), second);
    assert.equal(run("-C", place().path("again/moving"), "rev-parse", "v1"), second);

    run(
      "-C",
      place().path("forge/moving"),
      "commit",
      "--quiet",
      "--amend",
      "--allow-empty",
      "--message",
      "other",
    );
    run("-C", place().path("forge/moving"), "tag", "--force", "v1");
    assert.equal(fill("again", url).status, 0);
    assert.notEqual(head("again", "moving"), second);
    // What others may have borrowed stays.
    assert.equal(run("-C", place().path("again/moving"), "cat-file", "-t", second), "commit");
  });

  it("takes clones that somebody made by hand, bare ones too", () => {
    const url = forge("handmade");
    place().run("mkdir", [place().path("hand")]);
    run("clone", "--quiet", "--bare", url, place().path("hand/handmade"));
    const second = commit("handmade", "second");
    const { status, output } = fill("hand", url);
    assert.equal(status, 0, output);
    assert.equal(head("hand", "handmade"), second);
  });

  it("goes on after a repository that fails, leaves no half of it, and fails in the end", () => {
    const { status, output } = fill("partly", `file://${place().path("forge/nowhere")}`, forge("good"));
    assert.equal(status, 1);
    assert.match(output, /clone of nowhere from file:.* failed/);
    assert.deepEqual(clones("partly"), ["good"]);
  });

  it("removes what an interrupted run has left, and never shows half a clone under its name", () => {
    const half = place().path("interrupted/.filling.big");
    place().run("mkdir", ["-p", half]);
    const { status, output } = fill("interrupted", forge("big"));
    assert.equal(status, 0, output);
    assert.deepEqual(clones("interrupted"), ["big"]);
  });

  it("works on a folder that is in no repository, and does not take one above it for a clone", () => {
    run("init", "--quiet", place().path("outer"));
    mkdirSync(place().path("outer/cache/inner"), { recursive: true });
    const { status, output } = fill("outer/cache", forge("inner"));
    assert.equal(status, 1);
    assert.match(output, /fetch of inner .* failed/);
  });
});

describe("the name of a clone", () => {
  const names: Readonly<Record<string, string | undefined>> = {
    "https://src.fedoraproject.org/rpms/kernel": "kernel",
    "https://github.com/packit/packit.git": "packit",
    "https://gitlab.com/redhat/centos-stream/rpms/glibc.git/": "glibc",
    "git@github.com:packit/ogr.git": "ogr",
    "https://example.com/a/.git": undefined,
    "https://example.com/a/-rf": undefined,
    "https://example.com/a/..": undefined,
  };
  for (const [url, name] of Object.entries(names)) {
    it(`of ${url} is ${name ?? "none"}`, () => {
      assert.equal(cloneName(url), name);
    });
  }
});
