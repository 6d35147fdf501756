import assert from "node:assert/strict";
import { join } from "node:path";

import { planDeploy } from "../../../../cli/instances/deploy/plan";
import { recordOf, type RecordSource } from "../../../../cli/instances/deploy/record";
import { readRequest } from "../../../../cli/instances/deploy/request";
import { instanceRecord, type InstanceRecord } from "../../../../cli/instances/record";
import { projectPaths } from "../../../../cli/paths";

const PATHS = projectPaths(join(__dirname, "../../../.."));
const NOW = Date.parse("2026-01-02T00:00:00Z");

function record(
  before: InstanceRecord | undefined,
  words: { ttl?: string; reason?: string } = {},
  known: Partial<RecordSource> = {},
) {
  const references = ["packit-service=800", "ogr=branch:main"];
  const plan = planDeploy(PATHS, readRequest({ references, base: "dev", image: [], ...words }));
  const work = { plan, holder: { kind: "person", name: "jane" } as const, identity: undefined };
  return recordOf({ ...work, built: {}, held: { now: () => NOW }, ...known }, before, "live");
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

  it("keeps the life that somebody gives it while it is deployed", () => {
    const written = record(undefined, { ttl: "3h" });
    const extended = { ...written, expiresAt: "2026-01-09T00:00:00.000Z" };
    assert.equal(record(extended, { ttl: "3h" }, { written }).expiresAt, extended.expiresAt);
    const kept = { ...instanceRecord.parse(written), keep: "a talk" };
    delete (kept as { expiresAt?: string }).expiresAt;
    const { expiresAt, keep } = record(kept, { ttl: "3h" }, { written });
    assert.deepEqual([expiresAt, keep], [undefined, "a talk"]);
    // What the deployment before it gave begins anew.
    assert.equal(record(extended, { ttl: "3h" }).expiresAt, "2026-01-02T03:00:00.000Z");
  });

  it("tells the images that must not be removed", () => {
    assert.deepEqual(record(undefined).images, []);
    const digest = `sha256:${"3".repeat(64)}`;
    const built = { worker: `registry.example/packit-worker@${digest}` };
    assert.deepEqual(record(undefined, {}, { built }).images, [digest]);
  });

  it("has no end only with a reason", () => {
    const { expiresAt, keep } = record(undefined, { ttl: "never", reason: "for the demonstration" });
    assert.deepEqual([expiresAt, keep], [undefined, "for the demonstration"]);
  });
});
