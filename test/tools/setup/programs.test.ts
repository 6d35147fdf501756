import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findProgram } from "../../../tools/setup/programs";

describe("findProgram", () => {
  const usualPath = process.env.PATH;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    process.env.PATH = folder;
  });

  afterEach(() => {
    process.env.PATH = usualPath;
    rmSync(folder, { recursive: true });
  });

  it("finds what is on PATH and can be run", () => {
    const path = join(folder, "redis-cli");
    writeFileSync(path, "#!/bin/sh\n");
    assert.notEqual(findProgram("redis-cli"), path);
    chmodSync(path, 0o755);
    assert.equal(findProgram("redis-cli"), path);
  });

  it("says when there is none", () => {
    assert.equal(findProgram("redis-cli"), undefined);
  });
});
