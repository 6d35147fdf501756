import assert from "node:assert/strict";

import { decideForgotten } from "../../../../cli/instances/reap/forgotten";

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const decide = (hoursAgo: number | undefined, ttl?: string) =>
  decideForgotten(
    {
      name: "dev-pr-614",
      ...(hoursAgo !== undefined && { since: NOW - hoursAgo * HOUR }),
      ...(ttl !== undefined && { ttl }),
    },
    NOW,
  );

describe("a stack of which its cluster knows nothing", () => {
  it("goes once its time is over", () => {
    assert.deepEqual(decide(51, "48h"), {
      name: "dev-pr-614",
      action: "destroy",
      why: "only its stack is left, and expired 3h ago",
    });
  });

  it("stays until then: its settings may name another cluster than the one on which it lives", () => {
    assert.deepEqual(decide(45, "48h"), {
      name: "dev-pr-614",
      action: "stay",
      why: "only its stack is there, and it has 3h left",
    });
  });

  it("stays when nobody knows when it ends", () => {
    for (const stack of [decide(1000, "never"), decide(1000), decide(undefined, "48h"), decide(1000, "soon")])
      assert.deepEqual(
        [stack.action, stack.why],
        ["stay", "only its stack is there, and nothing says when it ends"],
      );
  });
});
