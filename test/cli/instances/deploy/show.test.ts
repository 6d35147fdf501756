import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { asTasks, Sparingly } from "../../../../cli/instances/deploy/show";
import type { Step, Work } from "../../../../cli/instances/deploy/step";

describe("the lines of a step", () => {
  it("are no more than anybody minds in a log", () => {
    const told: string[] = [];
    let now = 0;
    const sparingly = new Sparingly(
      3000,
      (line) => told.push(line),
      () => now,
    );
    for (; now < 10_000; now += 500) sparingly.say(`at ${now}`);
    sparingly.end();
    assert.deepEqual(told, ["at 0", "at 3000", "at 6000", "at 9000"]);
  });

  it("end with the last one, though it came soon after another: whoever waits has moved up", async () => {
    const told: string[] = [];
    const sparingly = new Sparingly(20, (line) => told.push(line));
    for (const place of [3, 2, 1]) sparingly.say(`number ${place}`);
    assert.deepEqual(told, ["number 3"]);
    while (told.length < 2) await sleep(5);
    assert.deepEqual(told, ["number 3", "number 1"]);
  });

  it("are not told any more when the step has ended", async () => {
    const told: string[] = [];
    const sparingly = new Sparingly(20, (line) => told.push(line));
    for (const place of [2, 1]) sparingly.say(`number ${place}`);
    sparingly.end();
    await sleep(60);
    assert.deepEqual(told, ["number 2"]);
  });
});

describe("the steps on a terminal", () => {
  it("leave an interrupt to the command, which ends the engine in order and gives its lease back", async () => {
    const before = process.listeners("SIGINT");
    let during: readonly unknown[] = [];
    const step: Step = {
      name: "free",
      title: "wait for room",
      run: () => {
        during = process.listeners("SIGINT");
        return Promise.resolve("there is room");
      },
    };
    const { log } = console;
    console.log = () => undefined;
    try {
      await asTasks.run([step], {} as Work);
    } finally {
      console.log = log;
    }
    assert.deepEqual(during, before);
  });
});
