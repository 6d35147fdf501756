import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildFolder } from "../../../../cli/instances/images/builders/build-folder";

describe("the folder of a build", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is a new one each time", () => {
    const made = [buildFolder(folder), buildFolder(folder)];
    assert.deepEqual(
      readdirSync(folder)
        .map((name) => join(folder, name))
        .sort(),
      made.sort(),
    );
    assert.notEqual(made[0], made[1]);
  });

  it("takes those away whose builder was killed, and no others", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const gone = `packit-build-${pid}-abc`;
    const others = [`packit-build-${process.ppid}-abc`, "packit-build-abc", `packit-buildings-${pid}-abc`];
    for (const name of [gone, ...others]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "file"), "");
    }
    buildFolder(folder);
    assert.ok(!existsSync(join(folder, gone)));
    for (const name of others) assert.ok(existsSync(join(folder, name, "file")), name);
  });
});
