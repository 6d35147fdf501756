import assert from "node:assert/strict";

import { atMostEvery } from "../../../../cli/instances/deploy/show";

describe("the lines of a step", () => {
  it("are no more than anybody minds in a log", () => {
    const told: string[] = [];
    let now = 0;
    const say = atMostEvery(
      3000,
      (line) => told.push(line),
      () => now,
    );
    for (; now < 10_000; now += 500) say(`at ${now}`);
    assert.deepEqual(told, ["at 0", "at 3000", "at 6000", "at 9000"]);
  });
});
