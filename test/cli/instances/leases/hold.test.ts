import assert from "node:assert/strict";

import type { Work } from "../../../../cli/instances/leases/api";
import { LeaseLost, Taken } from "../../../../cli/instances/leases/errors";
import { recordOf } from "./records";
import { START, World } from "./world";

const NAME = "dev-pr-614";
const JANE = { kind: "person", name: "jane@laptop" } as const;
const JOHN = { kind: "person", name: "john@desk" } as const;
const ALONE = {};
const WAIT = { wait: true };

describe("a test instance's lease", () => {
  it("tells at once who has it, since when and until when", async () => {
    const world = new World(1);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    const janes = jane.control.hold(NAME, JANE, ALONE, () => jane.clock.pause(100_000));
    await world.pass(40_000);
    await assert.rejects(world.until(john.control.hold(NAME, JOHN, ALONE, never)), (error: unknown) => {
      assert.ok(error instanceof Taken);
      assert.match(
        error.message,
        /^dev-pr-614 is held by jane@laptop since 2026-01-01 00:00:00 UTC, until 2026-01-01 00:01:\d\d UTC or longer: wait for it with --wait/,
      );
      return true;
    });
    await world.until(janes);
  });

  it("waits on demand, says for whom once, and begins soon after the other has ended", async () => {
    const world = new World(2);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    const janes = jane.control.hold(NAME, JANE, ALONE, () => jane.clock.pause(100_000));
    await world.pass(1_000);
    const told: Work[] = [];
    const options = { wait: true, onWait: (work: Work) => void told.push(work) };
    const began = await world.until(john.control.hold(NAME, JOHN, options, () => Promise.resolve(world.now)));
    assert.ok(began > START + 100_000 && began < START + 105_000, String(began - START));
    assert.deepEqual(
      told.map(({ holder }) => holder),
      ["jane@laptop"],
    );
    await world.until(janes);
  });

  it("of a killed holder is taken over when it has expired, and not before", async () => {
    const world = new World(3);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    void jane.control.hold(NAME, JANE, ALONE, () => jane.clock.pause(1e6));
    await world.pass(1_000);
    jane.killed = true;
    const began = await world.until(john.control.hold(NAME, JOHN, WAIT, () => Promise.resolve(world.now)));
    assert.ok(began >= START + 62_000 && began < START + 67_000, String(began - START));
  });

  it("that has expired long ago is taken over once it has been watched for longer than a renewal takes", async () => {
    const world = new World(4);
    const jane = world.machine("laptop");
    void jane.control.hold(NAME, JANE, ALONE, () => jane.clock.pause(1e6));
    await world.pass(1_000);
    jane.killed = true;
    await world.pass(3_600_000);
    const john = world.machine("desk");
    const told: Work[] = [];
    const options = { onWait: (work: Work) => void told.push(work) };
    const began = await world.until(john.control.hold(NAME, JOHN, options, () => Promise.resolve(world.now)));
    assert.ok(began > START + 3_620_000 && began < START + 3_631_000, String(began - START));
    assert.deepEqual(
      told.map(({ holder, expired }) => [holder, expired]),
      [["jane@laptop", true]],
    );
  });

  it("of a killed holder goes on to the next after its duration though the cluster's clock was set back", async () => {
    const world = new World(5);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    void jane.control.hold(NAME, JANE, ALONE, () => jane.clock.pause(1e6));
    await world.pass(1_000);
    jane.killed = true;
    world.setBy = -86_400_000;
    const began = await world.until(john.control.hold(NAME, JOHN, WAIT, () => Promise.resolve(world.now)));
    assert.ok(began >= START + 62_000 && began < START + 70_000, String(began - START));
  });

  it("is ours when the answer that it is was lost", async () => {
    const world = new World(6);
    const jane = world.machine("laptop");
    for (const lost of ["POST", "PUT"] as const) {
      jane.missesAnswerTo = lost;
      // A holder waits for nobody here, least of all for itself.
      const options = { wait: true, onWait: never };
      const record = await world.until(
        jane.control.hold(NAME, JANE, options, ({ update }) => update(() => recordOf(NAME))),
      );
      assert.equal(record.name, NAME);
      assert.equal(jane.missesAnswerTo, undefined);
    }
    assert.ok(world.now < START + 30_000);
  });

  it("is asked for in vain while the API server is away, and whoever does is told what to do", async () => {
    const world = new World(12);
    const jane = world.machine("laptop");
    jane.cutOff = true;
    const work = jane.control.hold(NAME, JANE, ALONE, never);
    await assert.rejects(
      world.until(work),
      /^Away: https:\/\/api gives no answer: run the command again once it does$/,
    );
    assert.ok(world.now < START + 20_000);
  });

  it("aborts the work when the API server has been away for most of its duration", async () => {
    const world = new World(7);
    const jane = world.machine("laptop");
    const work = jane.control.hold(NAME, JANE, ALONE, async ({ signal }) => {
      await jane.clock.pause(500_000, signal);
      throw new Error("the engine was killed");
    });
    await world.pass(1_000);
    jane.cutOff = true;
    await assert.rejects(world.until(work), (error: unknown) => {
      assert.ok(error instanceof LeaseLost);
      assert.match(
        error.message,
        /^stopped working on dev-pr-614: its lease could not be renewed for 4\d s \(/,
      );
      assert.match(error.message, /https:\/\/api gives no answer/);
      return true;
    });
    assert.ok(world.now < START + 60_000, "it stops before anybody else begins");
  });

  it("aborts the work of a machine that was suspended as soon as it wakes, and says who took over", async () => {
    const world = new World(8);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    const janes = jane.control.hold(NAME, JANE, ALONE, ({ signal }) => jane.clock.pause(500_000, signal));
    await world.pass(20_000);
    // Somebody else has it by now, and the wall clock is all that shows it.
    const lease = world.api.stored.get(`instance-${NAME}`);
    assert.ok(lease !== undefined);
    const spec = { ...lease.spec, holderIdentity: `${JOHN.name} ${"0".repeat(16)}` };
    world.api.answer(
      "PUT",
      `/apis/coordination.k8s.io/v1/namespaces/packit-test-instances/leases/instance-${NAME}`,
      {
        ...lease,
        spec,
      },
    );
    jane.wallBy = 3_600_000;
    const woke = world.now;
    await assert.rejects(world.until(janes), /john@desk has taken over; run the command again/);
    assert.ok(world.now - woke < 3_000, String(world.now - woke));
    assert.match(
      String(await world.until(john.control.hold(NAME, JOHN, ALONE, never)).catch(String)),
      /held by john@desk since/,
    );
  });

  it("is released when the work fails or is given up, and the reason stays", async () => {
    const world = new World(9);
    const jane = world.machine("laptop");
    const failing = jane.control.hold(NAME, JANE, ALONE, () => Promise.reject(new Error("no such image")));
    await assert.rejects(world.until(failing), /^Error: no such image$/);
    const stop = new AbortController();
    const given = jane.control.hold(NAME, JANE, { signal: stop.signal }, async ({ signal, update }) => {
      await update(() => recordOf(NAME));
      await jane.clock.pause(1e6, signal);
      signal.throwIfAborted();
    });
    world.at(5_000, () => {
      stop.abort(new Error("interrupted"));
    });
    await assert.rejects(world.until(given), /^Error: interrupted$/);
    assert.equal((await world.until(jane.control.instance(NAME)))?.work, undefined);
  });

  it("is asked for until somebody gives up waiting", async () => {
    const world = new World(10);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    const janes = jane.control.hold(NAME, JANE, ALONE, () => jane.clock.pause(100_000));
    await world.pass(1_000);
    const stop = new AbortController();
    world.at(5_000, () => {
      stop.abort(new Error("interrupted"));
    });
    const johns = john.control.hold(NAME, JOHN, { wait: true, signal: stop.signal }, never);
    await assert.rejects(world.until(johns), /^Error: interrupted$/);
    await world.until(janes);
  });

  it("of an instance without a record goes when the work ends, and one with a record stays", async () => {
    const world = new World(11);
    const jane = world.machine("laptop");
    await world.until(jane.control.hold(NAME, JANE, ALONE, () => Promise.resolve()));
    assert.deepEqual([...world.api.stored.keys()], []);
    await world.until(jane.control.hold(NAME, JANE, ALONE, ({ update }) => update(() => recordOf(NAME))));
    assert.deepEqual([...world.api.stored.keys()], [`instance-${NAME}`]);
    assert.deepEqual(await world.until(jane.control.leftOf(NAME)), [`instance-${NAME}`]);
    await world.until(jane.control.hold(NAME, JANE, ALONE, ({ forget }) => forget()));
    assert.deepEqual(await world.until(jane.control.leftOf(NAME)), []);
  });
});

function never(): never {
  throw new Error("it is somebody else's");
}
