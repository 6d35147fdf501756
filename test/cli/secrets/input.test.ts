import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readValue } from "../../../cli/commands/secrets/input";

describe("a secret from a file", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-input-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is its text without the last newline", async () => {
    const file = join(folder, "token");
    writeFileSync(file, "glpat-1\r\n");
    assert.equal(await readValue("forgeTokens.gitlab.com", "password", file), "glpat-1");
  });

  it("is refused when it is a folder", async () => {
    await assert.rejects(
      readValue("tls.fullchain", "certificate", folder),
      new Error(`tls.fullchain: ${folder} is a folder, name the file in it`),
    );
  });

  it("is refused when there is nothing in it, by its name", async () => {
    const file = join(folder, "empty");
    writeFileSync(file, "\n");
    await assert.rejects(
      readValue("copr.token", "password", file),
      new Error(`copr.token: ${file} is empty`),
    );
  });
});
