import assert from "node:assert/strict";
import { join } from "node:path";

import { planDeploy } from "../../../../cli/instances/deploy/plan";
import { recordOf } from "../../../../cli/instances/deploy/record";
import { readRequest } from "../../../../cli/instances/deploy/request";
import { instanceRecord, type InstanceRecord } from "../../../../cli/instances/record";
import { projectPaths } from "../../../../cli/paths";

const PATHS = projectPaths(join(__dirname, "../../../.."));
const NOW = Date.parse("2026-01-02T00:00:00Z");

function record(before: InstanceRecord | undefined, words: { ttl?: string; reason?: string } = {}) {
  const references = ["packit-service=800", "ogr=branch:main"];
  const plan = planDeploy(PATHS, readRequest({ references, base: "dev", image: [], ...words }));
  const work = { plan, holder: { kind: "person", name: "jane" } as const, identity: undefined };
  return recordOf({ ...work, held: { now: () => NOW } }, before, "live");
}

describe("what is known of an instance that is deployed", () => {
  it("is a record that everybody can read", () => {
    const made = record(undefined);
    assert.deepEqual(instanceRecord.parse(made), made);
    assert.deepEqual(made.references, { "packit-service": "800", ogr: "branch:main" });
    assert.equal(made.expiresAt, "2026-01-04T00:00:00.000Z");
    assert.equal(made.urls.api, `https://${made.name.replace("dev-", "")}.dev.packit.dev/api`);
  });

  it("has its time begin anew with each deploy, and keeps what was before", () => {
    const before = {
      ...record(undefined),
      createdAt: "2026-01-01T00:00:00Z",
      identity: "tester-one",
      reason: "no",
    };
    const after = record(before, { ttl: "3h" });
    assert.equal(after.createdAt, "2026-01-01T00:00:00Z");
    assert.equal(after.expiresAt, "2026-01-02T03:00:00.000Z");
    assert.equal(after.identity, "tester-one");
    assert.equal(after.reason, undefined);
  });

  it("has no end only with a reason", () => {
    const { expiresAt, keep } = record(undefined, { ttl: "never", reason: "for the demonstration" });
    assert.deepEqual([expiresAt, keep], [undefined, "for the demonstration"]);
  });
});
