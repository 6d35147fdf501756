import assert from "node:assert/strict";

import fc from "fast-check";

import { ALIVE, type Instance } from "../../fleet/instance";
import { dueOf, ownedBy } from "../../fleet/select";
import { machine, OWN } from "./look-alikes";

const NOW = new Date("2026-03-01T12:00:00Z");
const STATES = [...ALIVE, "shutting-down", "terminated"];

/** An instance with whether it is the stack's own, and its age in seconds. */
interface Sample {
  readonly own: boolean;
  readonly age: number;
  readonly instance: Instance;
}

const fleet = fc
  .array(fc.record({ machine, state: fc.constantFrom(...STATES), age: fc.nat(20_000) }), { maxLength: 30 })
  .map((all) =>
    all.map(({ machine: { own, tags }, state, age }, index): Sample => ({
      own,
      age,
      instance: {
        id: `i-${index}`,
        state,
        since: new Date(NOW.getTime() - age * 1000),
        tags: new Map(Object.entries(tags)),
      },
    })),
  );
const limits = fc.record({ maxAge: fc.nat(20_000), maxCount: fc.nat(10) });

function instances(samples: readonly Sample[]): Instance[] {
  return samples.map(({ instance }) => instance);
}

describe("which builders have to go", () => {
  it("C26: are the stack's own by the exact value of its tag", () => {
    fc.assert(
      fc.property(fleet, (samples) => {
        const expected = instances(samples.filter(({ own }) => own));
        assert.deepEqual(ownedBy(OWN, instances(samples)), expected);
      }),
      { numRuns: 200 },
    );
  });

  it("C26: are all above the age and the oldest above the count, and no other", () => {
    fc.assert(
      fc.property(fleet, limits, (samples, { maxAge, maxCount }) => {
        const due = dueOf(OWN, instances(samples), { maxAge, maxCount }, NOW);
        const gone = new Set(due.map(({ instance: { id } }) => id));
        const alive = samples.filter(
          ({ own, instance: { state } }) => own && !["shutting-down", "terminated"].includes(state),
        );
        const left = alive.filter(({ instance: { id } }) => !gone.has(id));
        assert.equal(gone.size, alive.length - left.length);
        assert.equal(gone.size, due.length);
        assert.ok(left.every(({ age }) => age <= maxAge));
        const young = alive.filter(({ age }) => age <= maxAge);
        assert.equal(left.length, Math.min(young.length, maxCount));
        const youngest = Math.max(0, ...left.map(({ age }) => age));
        const ended = alive.filter(({ instance: { id } }) => gone.has(id));
        assert.ok(ended.every(({ age }) => age >= youngest));
        for (const { instance, because } of due) {
          const age = (NOW.getTime() - instance.since.getTime()) / 1000;
          assert.equal(because, age > maxAge ? "too old" : "too many");
        }
      }),
      { numRuns: 200 },
    );
  });
});
