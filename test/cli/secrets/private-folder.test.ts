import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writePrivately } from "../../../cli/commands/secrets/private-folder";

describe("a folder for secrets", () => {
  let parent: string;
  let folder: string;
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "packit-stacks-private-"));
    folder = join(parent, "inner", "secrets");
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  it("D57: is closed to all but its owner, and so are its files, whatever the mask", () => {
    const mask = process.umask(0);
    try {
      writePrivately(folder, "secrets of dev", { key: "value" });
    } finally {
      process.umask(mask);
    }
    assert.equal(modeOf(folder), "700");
    assert.equal(modeOf(join(folder, "key")), "600");
    assert.equal(readFileSync(join(folder, "key"), "utf8"), "value");
  });

  it("can have files that the users of containers may read, and is closed all the same", () => {
    const mask = process.umask(0o077);
    try {
      writePrivately(folder, "secrets of dev", { key: "value" }, { readable: true });
    } finally {
      process.umask(mask);
    }
    assert.equal(modeOf(folder), "700");
    assert.equal(modeOf(join(folder, "key")), "644");
  });

  it("closes a folder that was open, and is filled anew when it holds the same", () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    writePrivately(folder, "secrets of dev", { one: "1", two: "2" });
    assert.equal(modeOf(folder), "700");
    writePrivately(folder, "secrets of dev", { one: "3" });
    assert.deepEqual(readdirSync(folder).sort(), [".packit-stacks", "one"]);
  });

  it("leaves alone what it has not made", () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "precious"), "");
    assert.throws(() => {
      writePrivately(folder, "secrets of dev", { key: "value" });
    }, /is not empty/);
    assert.deepEqual(readdirSync(folder), ["precious"]);
    rmSync(folder, { recursive: true });
    writePrivately(folder, "secrets of prod", { key: "value" });
    assert.throws(() => {
      writePrivately(folder, "secrets of dev", {});
    }, /holds secrets of prod/);
  });
});
