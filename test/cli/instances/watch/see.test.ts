import assert from "node:assert/strict";

import type { ClusterAnswer } from "../../../../cli/cluster";
import type { KnownInstance } from "../../../../cli/instances/leases/api";
import type { InstanceRecord } from "../../../../cli/instances/record";
import { seeInstance } from "../../../../cli/instances/watch/see";

const NAME = "stg-ogr-123";
const RECORD: InstanceRecord = {
  name: NAME,
  base: "stg",
  references: { ogr: "123" },
  state: "live",
  urls: {},
  namespace: `packit-${NAME}`,
  holder: { kind: "person", name: "jane@laptop" },
  createdAt: "2026-03-01T08:00:00.000Z",
  usedAt: "2026-03-01T08:00:00.000Z",
};

/** What is seen of an instance whose workloads have none of their pods ready, or all. */
function see(known: Partial<KnownInstance> | undefined | Error, ready = 1) {
  const workload = { metadata: { name: "packit-worker" }, spec: {}, status: { readyReplicas: ready } };
  const answer: ClusterAnswer = { status: 200, body: { items: [workload] } };
  const instance = (name: string) =>
    known instanceof Error
      ? Promise.reject(known)
      : Promise.resolve(known && { name, admitted: true, ...known });
  return seeInstance(
    {
      cluster: { server: "", ask: () => Promise.resolve(answer) },
      control: { instance },
    },
    NAME,
    ["ogr=123"],
  );
}

describe("what whoever watches an instance is told", () => {
  it("is its state, who works on it, and what is not ready", async () => {
    const work = { holder: "jane@laptop", since: 0, until: 1, expired: false };
    const { text, deployable, over } = await see({ record: RECORD, work }, 0);
    assert.match(text, /^live, jane@laptop works on it; packit-worker: 0 of 1 pods are ready/);
    assert.deepEqual([deployable, over], [true, false]);
  });

  it("ends when it is gone, or runs what somebody else has deployed on it", async () => {
    assert.deepEqual(await see(undefined), { text: `${NAME} is gone`, deployable: false, over: true });
    const record: InstanceRecord = {
      ...RECORD,
      references: { ogr: "124" },
      holder: { kind: "person", name: "john@desk" },
    };
    assert.deepEqual(await see({ record }), {
      text: "john@desk has deployed other code on it: ogr=124",
      deployable: false,
      over: true,
    });
  });

  it("lets nothing be deployed that is being made or destroyed, or that cannot be seen", async () => {
    const seen = await Promise.all([
      see({}),
      see({ record: { ...RECORD, state: "destroying" } }),
      see(new Error("no answer within 5 s")),
    ]);
    assert.deepEqual(
      seen.map(({ deployable, over }) => [deployable, over]),
      [
        [false, false],
        [false, false],
        [false, false],
      ],
    );
    assert.match(seen[2].text, /^cannot be asked: no answer within 5 s/);
  });
});
