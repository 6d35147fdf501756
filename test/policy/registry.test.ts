import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { RULES } from "../../policy/registry";

const FOLDER = join(__dirname, "../../policy/rules");

describe("the registry of rules", () => {
  it("holds every rule's file, under its id", () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => file.slice(0, -".ts".length));
    assert.deepEqual(RULES.map((rule) => rule.id).sort(), files.sort());
  });

  it("has a test for every rule", () => {
    for (const { id } of RULES) assert.ok(existsSync(join(__dirname, "rules", `${id}.test.ts`)), id);
  });
});
