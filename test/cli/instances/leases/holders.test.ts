import assert from "node:assert/strict";

import * as fc from "fast-check";

import { LeaseLost } from "../../../../cli/instances/leases/errors";
import { type Machine, World } from "./world";

/** What befalls one who takes the lease, in milliseconds since the beginning. */
interface Life {
  readonly begins: number;
  readonly works: number;
  readonly killedAt: number | undefined;
  readonly cutOff: readonly [from: number, forMs: number] | undefined;
  readonly clockJumps: readonly [at: number, by: number];
}

const life: fc.Arbitrary<Life> = fc.record({
  begins: fc.nat(60_000),
  works: fc.nat(200_000),
  killedAt: fc.option(fc.nat(400_000), { nil: undefined, freq: 2 }),
  cutOff: fc.option(fc.tuple(fc.nat(300_000), fc.nat(150_000)), { nil: undefined, freq: 2 }),
  clockJumps: fc.tuple(fc.nat(300_000), fc.integer({ min: -86_400_000, max: 86_400_000 })),
});

const faults = fc.record({ lost: fc.nat(20), latency: fc.integer({ min: 1, max: 3000 }) });

/** Lives a life. @returns how it ended. */
async function live(
  machine: Machine,
  { begins, works, killedAt, cutOff, clockJumps: [jumpsAt, jump] }: Life,
  world: World,
  working: Map<Machine, AbortSignal>,
): Promise<string> {
  world.at(jumpsAt, () => (machine.wallBy += jump));
  if (cutOff !== undefined) {
    world.at(cutOff[0], () => (machine.cutOff = true));
    world.at(cutOff[0] + cutOff[1], () => (machine.cutOff = false));
  }
  const killed = new Promise<string>((resolve) => {
    if (killedAt === undefined) return;
    world.at(killedAt, () => {
      machine.killed = true;
      resolve("killed");
    });
  });
  await new Promise<void>((resolve) => {
    world.at(begins, resolve);
  });
  const holder = { kind: "person", name: machine.name } as const;
  const ended = machine.control
    .hold("dev-pr-614", holder, { wait: true }, async ({ signal }) => {
      const others = [...working].filter(([other, { aborted }]) => !other.killed && !aborted);
      assert.deepEqual(
        others.map(([{ name }]) => name),
        [],
        `${machine.name} works beside others`,
      );
      working.set(machine, signal);
      await machine.clock.pause(works, signal);
      working.delete(machine);
    })
    .then(
      () => "served",
      (error: unknown) => {
        if (error instanceof assert.AssertionError) throw error;
        return error instanceof LeaseLost ? "lost" : "away";
      },
    );
  return Promise.race([ended, killed]);
}

describe("who holds a test instance", () => {
  it("is one at any time, whoever dies, is cut off or has a clock that jumps, and everybody else is served", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        faults,
        fc.array(life, { minLength: 2, maxLength: 5 }),
        async (seed, faultsOf, lives) => {
          const world = new World(seed, faultsOf);
          const working = new Map<Machine, AbortSignal>();
          const ends = await world.until(
            Promise.all(lives.map((one, index) => live(world.machine(`m${index}`), one, world, working))),
          );
          for (const [index, end] of ends.entries()) {
            if (lives[index]?.cutOff === undefined && faultsOf.lost === 0 && faultsOf.latency < 1000) {
              assert.equal(end, lives[index]?.killedAt === undefined ? "served" : end);
              assert.notEqual(end, "lost");
            }
          }
          // Whoever comes last finds it free, at the latest when the last one's lease has ended.
          world.faults = { lost: 0, latency: 50 };
          const last = world.machine("last");
          const began = world.now;
          const calm = world.until(
            last.control.hold("dev-pr-614", { kind: "ci", name: "last" }, { wait: true }, () =>
              Promise.resolve("done"),
            ),
          );
          assert.equal(await calm, "done");
          assert.ok(world.now - began < 70_000, `took ${world.now - began}`);
          assert.deepEqual([...world.api.stored.keys()], []);
        },
      ),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
