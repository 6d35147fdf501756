import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { AWS_CHECKS } from "../../policy/checks/aws";
import { KUBERNETES_CHECKS } from "../../policy/checks/kubernetes";
import { coveredOf, policyReference } from "../../policy/reference/markdown";
import { AREAS, RULES } from "../../policy/registry";

describe("the reference of the policy", () => {
  it("is up to date (if not: npm run docs:policy)", () => {
    assert.equal(readFileSync(join(__dirname, "../../docs/policy.md"), "utf8"), policyReference());
  });

  it("covers at least 75 of the merged Kubernetes checks, and says of every other why not", () => {
    assert.ok(coveredOf(KUBERNETES_CHECKS) >= 75, String(coveredOf(KUBERNETES_CHECKS)));
    const covered = new Set(RULES.flatMap(({ covers = [] }) => covers));
    const leftOut = new Set(
      AREAS.flatMap(({ name, leftOut = {} }) => Object.keys(leftOut).map((check) => `${name}/${check}`)),
    );
    const silent = [...KUBERNETES_CHECKS, ...AWS_CHECKS].filter(
      ({ id }) => !covered.has(id) && !leftOut.has(id),
    );
    assert.deepEqual(silent, []);
  });
});
