import assert from "node:assert/strict";

import type { Abandoned } from "../../../../cli/instances/leases/abandoned";
import { isAbandoned } from "../../../../cli/instances/leases/abandoned-locks";
import { recordOf } from "./records";
import { type Machine, START, World } from "./world";

const NAME = "dev-pr-614";
const HOUR = 3_600_000;

const lock = (host: string, since: number): Parameters<typeof isAbandoned>[0] => ({
  user: "jane",
  host,
  pid: 7,
  since,
});

/** What whoever takes the lease is told, and how its own work ends. */
async function taking(
  machine: Machine,
  work: "ends" | "fails" | "never ends",
): Promise<readonly Abandoned[]> {
  let found: readonly Abandoned[] = [];
  const holding = machine.control.hold(
    NAME,
    { kind: "person", name: machine.name },
    { wait: true },
    async (held) => {
      found = held.abandoned;
      await held.update(() => recordOf(NAME));
      if (work === "fails") throw new Error("the engine was killed");
      if (work === "never ends") await machine.clock.pause(HOUR);
    },
  );
  await holding.catch(() => undefined);
  return found;
}

describe("work that nobody has finished", () => {
  it("is told to whoever comes next, with its machine and the time it had, by that machine's clock", async () => {
    const world = new World(1);
    const laptop = world.machine("laptop");
    laptop.wallBy = HOUR;
    void taking(laptop, "never ends");
    await world.pass(100_000);
    laptop.killed = true;
    const [found, ...others] = await world.until(taking(world.machine("desk"), "fails"));
    assert.deepEqual([found?.host, others], ["laptop", []]);
    const { from = 0, until = 0 } = found ?? {};
    assert.ok(Math.abs(from - START - HOUR) < 1_000, String(from - START));
    // The last renewal was within the last quarter of a minute, and the lease lasts a minute from there.
    assert.ok(until - from > 140_000 && until - from < 165_000, String(until - from));
  });

  it("is told as long as nobody has ended well", async () => {
    const world = new World(2);
    const hosts = async (host: string, work: "ends" | "fails"): Promise<readonly string[]> =>
      (await world.until(taking(world.machine(host), work))).map((one) => one.host);
    assert.deepEqual(await hosts("laptop", "fails"), []);
    assert.deepEqual(await hosts("desk", "fails"), ["laptop"]);
    assert.deepEqual(await hosts("runner", "ends"), ["laptop", "desk"]);
    assert.deepEqual(await hosts("laptop", "ends"), []);
  });

  it("has left those locks that are from its machine and its time, and no others", () => {
    const abandoned = [{ host: "laptop", from: 1_000, until: 5_000 }];
    for (const [host, since, is] of [
      ["laptop", 3_000, true],
      ["laptop", 1_000, true],
      ["laptop", 900, false],
      ["laptop", 5_001, false],
      ["desk", 3_000, false],
    ] as const) {
      assert.equal(isAbandoned(lock(host, since), abandoned), is, `${host} ${since}`);
    }
    assert.equal(isAbandoned(lock("laptop", 3_000), []), false);
  });
});
