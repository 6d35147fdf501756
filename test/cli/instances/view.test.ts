import assert from "node:assert/strict";

import type { InstanceRecord } from "../../../cli/instances/record";
import { listed, viewOf } from "../../../cli/instances/view";

const RECORD: InstanceRecord = {
  name: "stg-packit-service-800-ogr-123",
  base: "stg",
  references: { ogr: "123", "packit-service": "800" },
  state: "live",
  urls: { api: "https://example.packit.dev/api" },
  namespace: "packit-stg-packit-service-800-ogr-123",
  holder: { kind: "person", name: "jane@laptop" },
  createdAt: "2026-01-01T00:00:00Z",
  usedAt: "2026-01-01T00:00:00Z",
};

describe("an instance as list --json prints it", () => {
  it("has the same fields in every state", () => {
    const { name } = RECORD;
    const work = { holder: "jane@laptop", since: 0, until: 1, expired: false };
    const record: InstanceRecord = { ...RECORD, keep: "a talk", identity: "one", reason: "none" };
    const live = viewOf({ name, record: RECORD, admitted: true });
    const busy = viewOf({ name, record, admitted: true, work, place: 2 });
    const unread = viewOf({ name, problem: "state: is missing", admitted: false });
    const fields = [
      "name",
      "base",
      "pulls",
      "state",
      "urls",
      "namespace",
      "holder",
      "createdAt",
      "expiresAt",
    ];
    for (const view of [live, busy, unread]) assert.deepEqual(Object.keys(listed(view)), fields);
    assert.deepEqual(live.pulls, ["packit-service=800", "ogr=123"]);
    assert.equal(live.expiresAt, null);
    assert.deepEqual([unread.state, unread.reason], ["unknown", "state: is missing"]);
  });

  it("says who is at work, unless they are gone", () => {
    const work = { holder: "jane@laptop", since: 0, until: 1, expired: false };
    const { name } = RECORD;
    assert.equal(viewOf({ name, record: RECORD, admitted: true, work }).worker, "jane@laptop");
    const gone = { ...work, expired: true };
    assert.equal(viewOf({ name, record: RECORD, admitted: true, work: gone }).worker, undefined);
    assert.equal(viewOf({ name, record: RECORD, admitted: false, place: 2 }).place, 2);
  });
});
