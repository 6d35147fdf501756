import assert from "node:assert/strict";

import { recordOf } from "./records";
import { START, World } from "./world";

const NAME = "dev-pr-614";
const JANE = { kind: "person", name: "jane@laptop" } as const;

describe("what is known of test instances", () => {
  it("is their records, who works on them, and since when, by the cluster's clock", async () => {
    const world = new World(1);
    const jane = world.machine("laptop");
    jane.wallBy = 86_400_000;
    await world.pass(10_000);
    const work = jane.control.hold(NAME, JANE, {}, async ({ update, now }) => {
      assert.ok(Math.abs(now() - world.now) < 1_200);
      await update(() => recordOf(NAME));
      await jane.clock.pause(50_000);
    });
    await world.pass(30_000);
    const { instances, now } = await world.until(world.machine("desk").control.known());
    assert.deepEqual(instances[0]?.record, recordOf(NAME));
    const { holder, since = 0, until = 0, expired } = instances[0].work ?? {};
    assert.deepEqual([holder, expired], ["jane@laptop", false]);
    assert.ok(Math.abs(since - START - 10_000) < 1_200);
    assert.ok(until - now > 40_000 && until - now <= 60_000);
    await world.until(work);
  });

  it("keeps what others have changed while one works", async () => {
    const world = new World(2);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    const work = jane.control.hold(NAME, JANE, {}, async (held) => {
      await held.update(() => recordOf(NAME));
      await jane.clock.pause(5_000);
      await held.update((record) => ({ ...(record ?? recordOf(NAME)), state: "live" }));
      // The lease is renewed after somebody else has written it.
      await jane.clock.pause(100_000);
      assert.equal(held.record?.expiresAt, "2026-01-09T00:00:00Z");
    });
    await world.pass(3_000);
    const longer = john.control.amend(NAME, (record) => ({ ...record, expiresAt: "2026-01-09T00:00:00Z" }));
    assert.equal((await world.until(longer))?.state, "deploying");
    await world.until(work);
    const { record } = (await world.until(john.control.instance(NAME))) ?? {};
    assert.deepEqual([record?.state, record?.expiresAt], ["live", "2026-01-09T00:00:00Z"]);
    const nobody = await world.until(john.control.amend("dev-pr-1", () => recordOf("dev-pr-1")));
    assert.equal(nobody, undefined);
  });

  for (const [what, text, says] of [
    ["no JSON", "{", /is no JSON/],
    ["no record", JSON.stringify({ ...recordOf(NAME), state: "dancing" }), /cannot be read: state: /],
  ] as const) {
    it(`says of a record that is ${what} so, and shows all others`, async () => {
      const world = new World(3);
      const jane = world.machine("laptop");
      for (const name of [NAME, "dev-pr-615"]) {
        await world.until(jane.control.hold(name, JANE, {}, ({ update }) => update(() => recordOf(name))));
      }
      const lease = world.api.stored.get(`instance-${NAME}`);
      assert.ok(lease !== undefined);
      world.api.stored.set(`instance-${NAME}`, {
        ...lease,
        metadata: { ...lease.metadata, annotations: { "packit.dev/record": text } },
      });
      const { instances } = await world.until(jane.control.known());
      assert.match(instances[0]?.problem ?? "", says);
      assert.equal(instances[0]?.record, undefined);
      assert.equal(instances[1]?.record?.name, "dev-pr-615");
    });
  }

  it("leaves out leases that are none of ours", async () => {
    const world = new World(4);
    world.api.answer("POST", "/apis/coordination.k8s.io/v1/namespaces/packit-test-instances/leases", {
      metadata: { name: "instance-dev-pr-9", labels: {} },
      spec: { holderIdentity: "somebody" },
    });
    const { instances } = await world.until(world.machine("laptop").control.known());
    assert.deepEqual(instances, []);
  });
});
