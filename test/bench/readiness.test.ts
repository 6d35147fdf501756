import assert from "node:assert/strict";

import { workloadsReady } from "../../bench/readiness";

describe("workloads that run as wished", () => {
  const ready = {
    metadata: { generation: 3 },
    spec: { replicas: 2 },
    status: { observedGeneration: 3, readyReplicas: 2, updatedReplicas: 2 },
  };
  const list = (...items: object[]) => JSON.stringify({ items });

  it("are there, observed, updated and ready", () => {
    assert.equal(workloadsReady(list(ready, ready)), true);
    assert.equal(workloadsReady(list()), false);
    assert.equal(workloadsReady(list(ready, { ...ready, status: undefined })), false);
    for (const behind of [{ observedGeneration: 2 }, { readyReplicas: 1 }, { updatedReplicas: 1 }]) {
      assert.equal(workloadsReady(list({ ...ready, status: { ...ready.status, ...behind } })), false);
    }
  });

  it("have one replica unless told otherwise, and may have none", () => {
    const status = { observedGeneration: 3, readyReplicas: 1, updatedReplicas: 1 };
    assert.equal(workloadsReady(list({ ...ready, spec: {}, status })), true);
    assert.equal(
      workloadsReady(list({ ...ready, spec: { replicas: 0 }, status: { observedGeneration: 3 } })),
      true,
    );
  });
});
