import assert from "node:assert/strict";

import * as fc from "fast-check";

import { LeaseLost, NoRoom } from "../../../../cli/instances/leases/errors";
import type { StoredLease } from "./fake-leases";
import { recordOf } from "./records";
import { type Machine, START, World } from "./world";

const MAX = 2;

/** Longer than a request and its answer are on their way, in milliseconds. */
const ON_ITS_WAY_MS = 10_000;

const life = fc.record({
  begins: fc.nat(60_000),
  builds: fc.nat(60_000),
  lives: fc.nat(120_000),
  killedAt: fc.option(fc.nat(300_000), { nil: undefined, freq: 2 }),
  sleeps: fc.boolean(),
});

type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

const person = (name: string): { readonly kind: "person"; readonly name: string } => ({
  kind: "person",
  name,
});

/** Deploys an instance, uses it, has it sleep, and destroys it. */
async function live(machine: Machine, name: string, { builds, lives, sleeps }: Life): Promise<void> {
  const { clock, control } = machine;
  await control.hold(name, person(machine.name), { wait: true }, async (held) => {
    await held.update(() => recordOf(name, { state: "queued" }));
    await held.admit({ max: MAX, wait: true });
    await held.update(() => recordOf(name, { state: "deploying" }));
    await clock.pause(builds, held.signal);
    await held.update(() => recordOf(name, { state: "live" }));
  });
  await clock.pause(lives);
  await control.hold(name, person(machine.name), { wait: true }, async (held) => {
    if (sleeps) {
      await held.update(() => recordOf(name, { state: "asleep" }));
      await held.giveUpPlace();
      await clock.pause(20_000, held.signal);
    }
    await held.forget();
  });
}

/** What an API server saw that must not be: places beyond the most, or out of turn. */
class Referee {
  readonly wrong: string[] = [];
  world: World | undefined;

  /** Who had queued by now so long ago that everybody can have seen it. */
  #waitingBefore(name: string): readonly string[] {
    const { now, api } = this.world ?? assert.fail();
    const places = [...api.stored.values()].filter((lease) => lease.metadata.name.startsWith("place-"));
    const ticketOf = (lease: StoredLease): string | undefined =>
      lease.metadata.annotations?.["packit.dev/queued-at"];
    const own = api.stored.get(`instance-${name}`);
    const before = (own && ticketOf(own)) ?? new Date(now).toISOString();
    return [...api.stored.values()]
      .filter((lease) => {
        const ticket = ticketOf(lease);
        const instance = lease.metadata.name.slice("instance-".length);
        const isAlive = now - Date.parse(lease.spec?.renewTime ?? "") < 60_000;
        const isOld = ticket !== undefined && now - Date.parse(ticket) > ON_ITS_WAY_MS;
        const hasNone = places.every(({ spec }) => spec?.holderIdentity !== instance);
        return isOld && isAlive && hasNone && ticket < before && instance !== name;
      })
      .map(({ metadata }) => metadata.name);
  }

  readonly onWrite = (next: StoredLease, before: StoredLease | undefined): void => {
    const { api } = this.world ?? assert.fail();
    const owner = next.spec?.holderIdentity ?? "";
    if (!next.metadata.name.startsWith("place-") || before?.spec?.holderIdentity === owner) return;
    const others = [...api.stored.values()].filter(({ metadata, spec }) => {
      const state = api.stored.get(`instance-${spec?.holderIdentity}`)?.metadata.annotations?.[
        "packit.dev/record"
      ];
      const isPlace = metadata.name.startsWith("place-") && metadata.name !== next.metadata.name;
      return isPlace && state !== undefined && /"state":"(deploying|live)"/.test(state);
    });
    const waiting = this.#waitingBefore(owner);
    if (others.length + 1 + waiting.length > MAX) {
      this.wrong.push(`${owner} beside ${others.length}, before ${waiting.join(", ")}`);
    }
  };
}

describe("the queue of test instances", () => {
  it("lets at most so many live, first come first served, whoever is killed on the way", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.record({ lost: fc.nat(10), latency: fc.integer({ min: 1, max: 1500 }) }),
        fc.array(life, { minLength: 3, maxLength: 6 }),
        async (seed, faults, lives) => {
          const referee = new Referee();
          const world = new World(seed, faults, referee.onWrite);
          referee.world = world;
          const ends = lives.map(async (one, index) => {
            const name = `dev-pr-${index + 1}`;
            const first = world.machine(`m${index}`);
            await new Promise<void>((resolve) => {
              world.at(one.begins, resolve);
            });
            const killed = new Promise<void>((resolve) => {
              if (one.killedAt === undefined) return;
              world.at(one.killedAt, () => {
                first.killed = true;
                resolve();
              });
            });
            await Promise.race([insisting(() => live(first, name, one)), killed]);
            // Somebody destroys what a killed one has left.
            if (first.killed) {
              const second = world.machine(`n${index}`);
              const options = { wait: true };
              await insisting(() =>
                second.control.hold(name, person(second.name), options, (held) => held.forget()),
              );
            }
          });
          await world.until(Promise.all(ends));
          assert.deepEqual(referee.wrong, []);
          assert.deepEqual([...world.api.stored.keys()], []);
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it("serves those who wait in the order in which they came, and tells them their place", async () => {
    const world = new World(1);
    const served: string[] = [];
    const told: string[] = [];
    const all = Array.from({ length: 6 }, async (_, index) => {
      const machine = world.machine(`m${index}`);
      const name = `dev-pr-${6 - index}`;
      await machine.clock.pause(index * 3000);
      const onPlace = (place: number, living: readonly { readonly name: string }[]): void => {
        told.push(`${name} ${place} (${living.length})`);
      };
      await machine.control.hold(name, person(machine.name), {}, async (held) => {
        await held.update(() => recordOf(name, { state: "queued" }));
        await held.admit({ max: MAX, wait: true, onPlace });
        served.push(name);
        await held.update(() => recordOf(name, { state: "live" }));
        await machine.clock.pause(30_000);
        await held.forget();
      });
    });
    await world.until(Promise.all(all));
    assert.deepEqual(served, ["dev-pr-6", "dev-pr-5", "dev-pr-4", "dev-pr-3", "dev-pr-2", "dev-pr-1"]);
    assert.deepEqual(told.slice(0, 4), [
      "dev-pr-4 1 (2)",
      "dev-pr-3 2 (2)",
      "dev-pr-2 3 (2)",
      "dev-pr-1 4 (2)",
    ]);
    const last = told.filter((line) => line.startsWith("dev-pr-1 "));
    assert.ok(last.length > 1, told.join());
    assert.deepEqual(last, [...new Set(last)].sort().reverse());
    assert.deepEqual([...world.api.stored.keys()], []);
  });

  it("names everybody who has a place to whoever does not wait", async () => {
    const world = new World(2);
    const machine = world.machine("m");
    for (const name of ["dev-pr-1", "dev-pr-2"]) await world.until(deployed(machine, name));
    await assert.rejects(world.until(deployed(machine, "dev-pr-3")), (error: unknown) => {
      assert.ok(error instanceof NoRoom);
      assert.match(error.message, /2 test instances live at once \(packit:testInstances.max\)/);
      assert.match(error.message, /it would be number 1 in the queue/);
      assert.match(error.message, /dev-pr-1 \(jane@laptop\), until 2026-01-03 00:00:00 UTC/);
      assert.match(error.message, /dev-pr-2 \(jane@laptop\)/);
      return true;
    });
    // One that has a place keeps it.
    await world.until(deployed(machine, "dev-pr-2"));
  });

  it("does not count those that sleep, and has them queue when they wake", async () => {
    const world = new World(3);
    const machine = world.machine("m");
    await world.until(deployed(machine, "dev-pr-1"));
    await world.until(
      machine.control.hold("dev-pr-1", person("jane"), {}, async (held) => {
        await held.update(() => recordOf("dev-pr-1", { state: "asleep" }));
        await held.giveUpPlace();
      }),
    );
    for (const name of ["dev-pr-2", "dev-pr-3"]) await world.until(deployed(machine, name));
    const { instances } = await world.until(machine.control.known());
    assert.deepEqual(
      instances.map(({ name, admitted }) => [name, admitted]),
      [
        ["dev-pr-1", false],
        ["dev-pr-2", true],
        ["dev-pr-3", true],
      ],
    );
    await assert.rejects(world.until(deployed(machine, "dev-pr-1")), NoRoom);
  });

  it("forgets the place of one who died waiting when its lease has expired", async () => {
    const world = new World(4);
    const [jane, john] = [world.machine("laptop"), world.machine("desk")];
    for (const name of ["dev-pr-1", "dev-pr-2"]) await world.until(deployed(jane, name));
    void queueing(jane, "dev-pr-3");
    await world.pass(10_000);
    const johns = queueing(john, "dev-pr-4");
    await world.pass(10_000);
    const places = async (): Promise<readonly (number | undefined)[]> =>
      (await world.until(john.control.known())).instances.map(({ place }) => place);
    assert.deepEqual(await places(), [undefined, undefined, 1, 2]);
    jane.killed = true;
    await world.pass(80_000);
    assert.deepEqual(await places(), [undefined, undefined, undefined, 1]);
    const other = world.machine("other");
    await world.until(other.control.hold("dev-pr-1", person("other"), {}, (held) => held.forget()));
    await world.until(johns);
    assert.ok(world.now < START + 120_000);
  });
});

/** The same again after a lost lease, as its message says. */
async function insisting(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof LeaseLost) && !String(error).includes("gives no answer")) throw error;
    }
  }
}

function deployed(machine: Machine, name: string): Promise<unknown> {
  return machine.control.hold(name, person(machine.name), {}, async (held) => {
    await held.admit({ max: MAX });
    await held.update(() => recordOf(name, { state: "live" }));
  });
}

function queueing(machine: Machine, name: string): Promise<unknown> {
  return machine.control.hold(name, person(machine.name), {}, async (held) => {
    await held.update(() => recordOf(name, { state: "queued" }));
    await held.admit({ max: MAX, wait: true });
  });
}
