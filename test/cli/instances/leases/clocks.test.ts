import assert from "node:assert/strict";

import * as fc from "fast-check";

import { LeaseLost, NoRoom } from "../../../../cli/instances/leases/errors";
import { recordOf } from "./records";
import { type Machine, World } from "./world";

const NAME = "dev-pr-614";

/** How long a machine that wakes may take to find out that it has lost its lease, in milliseconds. */
const FINDS_OUT_MS = 6_000;

/** How far clocks are set: a day, or about as long as a lease lasts, forwards and backwards. */
const jump = fc.oneof(
  fc.integer({ min: -86_400_000, max: 86_400_000 }),
  fc.integer({ min: -120_000, max: 120_000 }),
);

const moment = fc.nat(400_000);

const life = fc.record({
  begins: fc.nat(200_000),
  works: fc.nat(200_000),
  wait: fc.boolean(),
  killedAt: fc.option(moment, { nil: undefined, freq: 2 }),
  suspended: fc.option(fc.tuple(moment, fc.nat(300_000)), { nil: undefined, freq: 2 }),
  jumps: fc.array(fc.tuple(moment, jump), { maxLength: 3 }),
});

type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

/** Sees to it that nobody works beside others. */
class Referee {
  readonly wrong: string[] = [];
  readonly #working = new Map<Machine, AbortSignal>();
  readonly #wokenAt = new Map<Machine, number>();

  constructor(private readonly world: World) {}

  begins(machine: Machine, signal: AbortSignal): void {
    this.#working.set(machine, signal);
    this.look();
  }

  ends(machine: Machine): void {
    this.#working.delete(machine);
  }

  /** A machine that wakes goes on for a moment with what it was at: nothing on earth prevents that. */
  woke(machine: Machine): void {
    this.#wokenAt.set(machine, this.world.now);
    this.world.at(FINDS_OUT_MS, () => {
      this.look();
    });
  }

  look(): void {
    const atWork = [...this.#working].filter(([machine, { aborted }]) => {
      const awakeFor = this.world.now - (this.#wokenAt.get(machine) ?? -Infinity);
      return !aborted && !machine.killed && !machine.suspended && awakeFor >= FINDS_OUT_MS;
    });
    if (atWork.length > 1) this.wrong.push(atWork.map(([{ name }]) => name).join(" beside "));
  }
}

/** Lives a life. @returns how it ended. */
async function live(machine: Machine, one: Life, world: World, referee: Referee): Promise<string> {
  for (const [at, by] of one.jumps) {
    world.at(at, () => {
      // Nobody sets the clock of a machine that sleeps.
      if (!machine.suspended) machine.wallBy += by;
    });
  }
  const killed = new Promise<string>((resolve) => {
    if (one.killedAt === undefined) return;
    world.at(one.killedAt, () => {
      machine.killed = true;
      resolve("killed");
    });
  });
  await new Promise<void>((resolve) => {
    world.at(one.begins, resolve);
  });
  if (one.suspended !== undefined) {
    const [at, forMs] = one.suspended;
    world.at(at, () => {
      machine.suspend(forMs, () => {
        referee.woke(machine);
      });
    });
  }
  const ended = machine.control
    .hold(NAME, person(machine.name), { wait: one.wait }, async ({ signal }) => {
      referee.begins(machine, signal);
      await machine.clock.pause(one.works, signal);
      referee.ends(machine);
    })
    .then(
      () => "served",
      (error: unknown) => (error instanceof LeaseLost ? "lost" : String(error)),
    );
  return Promise.race([ended, killed]);
}

describe("clocks that are set while somebody holds a test instance", () => {
  it("have nobody work beside others, and everybody who waits is served: the dead are succeeded", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 1_000 }),
        fc.array(fc.tuple(moment, jump), { maxLength: 4 }),
        fc.array(life, { minLength: 2, maxLength: 5 }),
        async (seed, latency, jumps, lives) => {
          const world = new World(seed, { lost: 0, latency });
          const referee = new Referee(world);
          for (const [at, by] of jumps) world.at(at, () => (world.setBy += by));
          const ends = await world.until(
            Promise.all(lives.map((one, index) => live(world.machine(`m${index}`), one, world, referee))),
          );
          assert.deepEqual(referee.wrong, []);
          for (const [index, end] of ends.entries()) {
            const { killedAt, suspended, wait } = lives[index] ?? assert.fail();
            // Whoever sleeps for long loses it, and is told so.
            if (killedAt === undefined && suspended === undefined && wait) assert.equal(end, "served");
            assert.match(end, /^(?:served|killed|lost|Taken: .*)$/);
          }
          // Whoever comes next gets it once the lease has ended, whatever it says of its own time.
          await world.pass(400_000);
          const last = world.machine("last");
          const began = world.now;
          const ci = { kind: "ci", name: "last" } as const;
          const calm = last.control.hold(NAME, ci, { wait: true }, () => Promise.resolve("done"));
          assert.equal(await world.until(calm), "done");
          assert.ok(world.now - began < 80_000, `took ${world.now - began}`);
        },
      ),
      { numRuns: 150, endOnFailure: true },
    );
  });

  it("give nobody a place of those who are at work", async () => {
    const world = new World(1);
    for (const name of ["dev-pr-1", "dev-pr-2"]) {
      const machine = world.machine(name);
      void machine.control.hold(name, person(name), {}, async (held) => {
        await held.admit({ max: 2 });
        await machine.clock.pause(1e6);
      });
    }
    await world.pass(20_000);
    world.setBy = 86_400_000;
    const john = world.machine("desk");
    const late = john.control.hold("dev-pr-3", person("john"), {}, (held) => held.admit({ max: 2 }));
    await assert.rejects(world.until(late), NoRoom);
  });

  it("give nobody the turn of those who came before", async () => {
    const world = new World(2);
    const served: string[] = [];
    const jane = world.machine("laptop");
    const janes = jane.control.hold("dev-pr-9", person("jane"), {}, async (held) => {
      await held.admit({ max: 1 });
      await held.update(() => recordOf("dev-pr-9", { state: "live" }));
      await jane.clock.pause(100_000);
      await held.forget();
    });
    await world.pass(5_000);
    const all = ["dev-pr-3", "dev-pr-2", "dev-pr-1"].map(async (name, index) => {
      const machine = world.machine(name);
      await machine.clock.pause(index * 10_000);
      world.setBy -= 3_600_000;
      await machine.control.hold(name, person(name), {}, async (held) => {
        await held.admit({ max: 1, wait: true });
        served.push(name);
        await held.forget();
      });
    });
    await world.until(Promise.all([janes, ...all]));
    assert.deepEqual(served, ["dev-pr-3", "dev-pr-2", "dev-pr-1"]);
  });
});

function person(name: string): { readonly kind: "person"; readonly name: string } {
  return { kind: "person", name };
}
