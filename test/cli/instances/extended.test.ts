import assert from "node:assert/strict";

import { extended } from "../../../cli/instances/extended";
import { recordOf } from "./leases/records";

const NOW = Date.UTC(2026, 0, 2);
const NAME = "dev-pr-614";

describe("an instance that is extended", () => {
  it("lives for a while from now on, or for ever with a reason", () => {
    const before = recordOf(NAME, { keep: "a talk", state: "asleep" });
    const { expiresAt, keep, usedAt, state } = extended(before, { now: NOW, ttl: "3h" });
    assert.deepEqual(
      [expiresAt, keep, usedAt, state],
      ["2026-01-02T03:00:00.000Z", undefined, "2026-01-02T00:00:00.000Z", "asleep"],
    );
    const kept = extended(recordOf(NAME), { now: NOW, ttl: "never", why: "a fair" });
    assert.deepEqual([kept.expiresAt, kept.keep], [undefined, "a fair"]);
  });

  it("is refused while it is destroyed: nobody is to think that it stays", () => {
    const going = recordOf(NAME, { state: "destroying" });
    assert.throws(() => extended(going, { now: NOW, ttl: "3h" }), /^Error: dev-pr-614 is being destroyed: /);
  });
});
