import assert from "node:assert/strict";

import * as fc from "fast-check";

import { NoIdentity } from "../../../../cli/instances/leases/errors";
import { recordOf } from "./records";
import { type Machine, World } from "./world";

const POOL = [
  { name: "alpha", fas: "packit-test-alpha" },
  { name: "beta", fas: "packit-test-beta" },
];

const holderOf = (name: string): { readonly kind: "person"; readonly name: string } => ({
  kind: "person",
  name,
});

/** Deploys as far as the identity goes. */
function taking(machine: Machine, name: string, pool = POOL): Promise<(typeof POOL)[number]> {
  return machine.control.hold(name, holderOf(machine.name), { wait: true }, async (held) => {
    const identity = await held.takeIdentity(pool);
    await held.update(() => recordOf(name, { identity: identity.name }));
    return identity;
  });
}

describe("identities of test instances", () => {
  for (const left of ["free", "left behind by stacks that are gone"] as const) {
    it(`are never given to two who come at once, when they are ${left}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer(),
          fc.integer({ min: 1, max: 400 }),
          fc.integer({ min: 2, max: 6 }),
          async (seed, latency, count) => {
            const world = new World(seed, { lost: 5, latency });
            if (left !== "free") {
              const before = world.machine("before");
              for (const [index] of POOL.entries())
                await world.until(again(() => taking(before, `dev-pr-90${index}`)));
              for (const name of world.api.stored.keys()) {
                if (name.startsWith("instance-")) world.api.stored.delete(name);
              }
            }
            const ends = await world.until(
              Promise.all(
                Array.from({ length: count }, (_, index) =>
                  again(() => taking(world.machine(`m${index}`), `dev-pr-${index + 1}`)).then(
                    ({ name }) => name,
                    (error: unknown) => {
                      if (error instanceof NoIdentity) return "none";
                      throw error;
                    },
                  ),
                ),
              ),
            );
            const given = ends.filter((end) => end !== "none");
            assert.equal(given.length, Math.min(count, POOL.length), ends.join());
            assert.equal(new Set(given).size, given.length, ends.join());
          },
        ),
        { numRuns: 60, endOnFailure: true },
      );
    });
  }

  it("stay with an instance that is deployed again, and come back when it is gone", async () => {
    const world = new World(1);
    const machine = world.machine("m");
    const first = await world.until(taking(machine, "dev-pr-1"));
    await world.until(taking(machine, "dev-pr-2"));
    assert.equal(await world.until(taking(machine, "dev-pr-1")), first);
    const { identities } = await world.until(machine.control.known());
    assert.equal(identities[first.name], "dev-pr-1");
    await world.until(machine.control.hold("dev-pr-1", holderOf("m"), {}, ({ forget }) => forget()));
    assert.equal(await world.until(taking(machine, "dev-pr-3")), first);
  });

  it("that are left tell who has which and until when", async () => {
    const world = new World(2);
    const machine = world.machine("m");
    for (const name of ["dev-pr-1", "dev-pr-2"]) await world.until(taking(machine, name));
    await assert.rejects(world.until(taking(machine, "dev-pr-3")), (error: unknown) => {
      assert.ok(error instanceof NoIdentity);
      assert.match(error.message, /all 2 are taken \(packit:testInstances.identities of its base\)/);
      for (const { name } of POOL) {
        assert.match(
          error.message,
          new RegExp(`^  ${name}: dev-pr-[12] \\(jane@laptop\\), until 2026-01-03 00:00:00 UTC$`, "m"),
        );
      }
      return true;
    });
    assert.deepEqual(await world.until(machine.control.leftOf("dev-pr-3")), []);
    await assert.rejects(
      world.until(taking(machine, "dev-pr-3", [])),
      /list some in packit:testInstances.identities/,
    );
  });

  it("stay with one that sleeps, also when whoever wakes it dies in the queue", async () => {
    const world = new World(3);
    const machine = world.machine("m");
    for (const name of ["dev-pr-1", "dev-pr-2"]) await world.until(taking(machine, name));
    for (const state of ["asleep", "queued"] as const) {
      await world.until(machine.control.amend("dev-pr-1", (record) => ({ ...record, state })));
      await assert.rejects(world.until(taking(machine, "dev-pr-3")), NoIdentity);
    }
  });

  it("are not kept by a stack when another has just taken them over", async () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const world = new World(seed, { lost: 0, latency: 500 });
      const [one, two] = [world.machine("one"), world.machine("two")];
      const pool = POOL.slice(0, 1);
      await world.until(taking(one, "dev-pr-1", pool));
      world.api.stored.delete("instance-dev-pr-1");
      const later = one.clock.pause(world.random() * 3_000).then(() => taking(one, "dev-pr-1", pool));
      const ends = await world.until(Promise.allSettled([taking(two, "dev-pr-2", pool), later]));
      assert.equal(ends.filter(({ status }) => status === "fulfilled").length, 1, `seed ${seed}`);
    }
  });
});

/** The same again while the API server gives no answer. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!String(error).includes("gives no answer")) throw error;
    }
  }
}
