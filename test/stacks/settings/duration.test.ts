import assert from "node:assert/strict";

import { endOf, millisecondsOf } from "../../../stacks/settings/duration";

describe("durations", () => {
  it("end after minutes, hours or days", () => {
    const from = Date.parse("2026-01-01T00:00:00Z");
    assert.equal(endOf(from, "48h"), "2026-01-03T00:00:00.000Z");
    assert.equal(endOf(from, "90m"), "2026-01-01T01:30:00.000Z");
    assert.equal(endOf(from, "7d"), "2026-01-08T00:00:00.000Z");
    assert.equal(endOf(from, "never"), undefined);
  });

  it("are nothing else", () => {
    for (const text of ["", "0h", "1w", "never", "1h30m"]) assert.equal(millisecondsOf(text), undefined);
    assert.throws(() => endOf(0, "soon"), /soon is no duration/);
  });
});
