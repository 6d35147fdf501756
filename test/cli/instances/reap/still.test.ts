import assert from "node:assert/strict";

import type { PullState } from "../../../../cli/instances/reap/candidate";
import { checkStillDue, NotDue } from "../../../../cli/instances/reap/still";
import type { InstanceRecord } from "../../../../cli/instances/record";
import { FakeObjects } from "../fake-objects";
import { recordOf } from "../leases/records";

const NAME = "dev-pr-614";
const NOW = Date.UTC(2026, 10, 22, 12);
const hours = (count: number): string => new Date(NOW + count * 3_600_000).toISOString();

/** Whether an instance is destroyed, after all, whose record is this one by now, and whose namespaces live so long. */
async function outcome(
  record: InstanceRecord | undefined,
  ttl?: string,
  pulls: readonly PullState[] = ["open"],
): Promise<string> {
  const cluster = new FakeObjects(NOW);
  if (ttl !== undefined) {
    const labels = {
      "app.kubernetes.io/part-of": "packit",
      "app.kubernetes.io/managed-by": "pulumi",
      "app.kubernetes.io/instance": NAME,
    };
    const annotations = { "packit.dev/ttl": ttl };
    const metadata = { name: `packit-${NAME}`, labels, annotations, creationTimestamp: hours(-50) };
    cluster.put("/api/v1/namespaces", { metadata });
  }
  try {
    await checkStillDue(cluster, { name: NAME, pulls }, { record, now: () => NOW });
    return "goes";
  } catch (error) {
    assert.ok(error instanceof NotDue, String(error));
    return error.message;
  }
}

describe("an instance that was to be destroyed when it was looked at", () => {
  it("goes when nothing has changed", async () => {
    assert.equal(await outcome(recordOf(NAME, { state: "live", expiresAt: hours(-3) }), "48h"), "goes");
    assert.equal(
      await outcome(recordOf(NAME, { state: "live", expiresAt: hours(9) }), "48h", ["merged"]),
      "goes",
    );
    assert.equal(await outcome(undefined, "48h"), "goes");
    assert.equal(await outcome(undefined), "goes");
  });

  it("stays when somebody has extended it meanwhile, or deployed it again, or wants to keep it", async () => {
    assert.equal(await outcome(recordOf(NAME, { state: "live", expiresAt: hours(9) }), "48h"), "has 9h left");
    assert.equal(
      await outcome(recordOf(NAME, { expiresAt: hours(-3), keep: "a talk" }), "48h"),
      "kept: a talk",
    );
    assert.equal(await outcome(undefined, "7d"), "has 5d left");
  });
});
