import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { AWS_CHECKS } from "../../policy/checks/aws";
import { KUBERNETES_CHECKS } from "../../policy/checks/kubernetes";
import { AREAS, RULES } from "../../policy/registry";
import { CASES } from "./cases/index";

const FOLDER = join(__dirname, "../../policy/rules");

describe("the registry of rules", () => {
  it("holds every rule's file, under its id", () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => !file.endsWith("index.ts"))
      .map((file) => file.slice(0, -".ts".length));
    assert.deepEqual(RULES.map((rule) => rule.id).sort(), files.sort());
  });

  it("has cases on real resources, or a test of its own, for every rule", () => {
    const withCases = new Set(
      Object.values(CASES)
        .flat()
        .map(({ rule }) => rule.id),
    );
    const without = RULES.filter(
      ({ id }) => !withCases.has(id) && !existsSync(join(__dirname, "rules", `${id}.test.ts`)),
    );
    assert.deepEqual(without, []);
  });

  it("accounts for every merged check once: a rule that covers it, or the reason why none does", () => {
    const covered = new Set(RULES.flatMap(({ covers = [] }) => covers));
    const leftOut = AREAS.flatMap((area) =>
      Object.keys(area.leftOut ?? {}).map((name) => `${area.name}/${name}`),
    );
    const known = new Set([...KUBERNETES_CHECKS, ...AWS_CHECKS].map(({ id }) => id));
    assert.deepEqual(
      [...covered, ...leftOut].filter((id) => !known.has(id)),
      [],
    );
    assert.deepEqual(
      leftOut.filter((id) => covered.has(id)),
      [],
    );
  });
});
