import assert from "node:assert/strict";

import { drawRounds, ENOUGH, KINDS, type Round, STEPS } from "./rounds";

const SEEDS = Array.from({ length: 50 }, (_, index) => 614 + 37 * index);

const kinds = (rounds: readonly Round[]): number =>
  new Set(rounds.map(({ step, victim }) => `${step.command} ${step.name} ${victim}`)).size;

describe("the kills of deploy and destroy that a seed stands for", () => {
  it("come to every step and every victim in a few rounds", () => {
    for (const seed of SEEDS) {
      const rounds = drawRounds(ENOUGH, seed);
      assert.equal(rounds.length, ENOUGH);
      assert.deepEqual(new Set(rounds.map(({ step }) => step)), new Set(STEPS));
      const victims = new Set(rounds.map(({ victim }) => victim));
      assert.deepEqual(victims, new Set(["command", "api", "engine", "host", "plugin"]));
    }
  });

  it("are all different until all have been there, and come again in a long run", () => {
    for (const seed of SEEDS) {
      assert.equal(kinds(drawRounds(KINDS, seed)), KINDS);
      assert.equal(new Set(drawRounds(100, seed).map(({ stack }) => stack)).size, 100);
    }
  });

  it("are the same for the same seed, and others for another", () => {
    assert.deepEqual(drawRounds(100, 614), drawRounds(100, 614));
    assert.notDeepEqual(drawRounds(100, 614), drawRounds(100, 615));
  });

  it("never have a running instance destroyed that was only to be changed", () => {
    const rounds = SEEDS.flatMap((seed) => drawRounds(100, seed));
    const changed = rounds.filter(({ step, ran }) => step.command === "deploy" && ran);
    assert.ok(changed.length > 100);
    assert.ok(changed.every(({ next }) => next === "deploy"));
  });
});
