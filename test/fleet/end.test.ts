import assert from "node:assert/strict";

import { reap } from "../../fleet/reap";
import { sweep } from "../../fleet/sweep";
import { OWN } from "./look-alikes";
import { Pretended } from "./pretended";

const LIMITS = { maxAge: 3600, maxCount: 2 };

describe("the end of builders", () => {
  const options = ({ clock }: Pretended, lines: string[] = []) => ({
    clock,
    timeout: 300,
    log: (line: string) => lines.push(line),
  });

  it("C26: sweeps one that was about to start, and waits until all are gone", async () => {
    const fleet = new Pretended(["i-1", "i-2"], { shownAfter: { "i-2": 2 }, goneAfter: 4 });
    const lines: string[] = [];
    const { terminated } = await sweep(fleet, OWN, options(fleet, lines));
    assert.deepEqual(terminated, ["i-1", "i-2"]);
    assert.deepEqual(fleet.asked, ["may i-1", "end i-1", "may i-2", "end i-2"]);
    assert.deepEqual(await fleet.list(), []);
    assert.deepEqual(lines, ["terminated i-1", "terminated i-2"]);
  });

  it("believes one empty answer only when a second one says the same", async () => {
    const fleet = new Pretended(["i-1"], { shownAfter: { "i-1": 1 } });
    assert.deepEqual((await sweep(fleet, OWN, options(fleet))).terminated, ["i-1"]);
  });

  it("terminates nothing in a dry run, and says what it would", async () => {
    const fleet = new Pretended(["i-1", "i-2"]);
    const done = await sweep(fleet, OWN, { ...options(fleet), dryRun: true });
    assert.deepEqual(done, { dryRun: true, terminated: ["i-1", "i-2"] });
    assert.deepEqual(fleet.asked, ["may i-1,i-2"]);
    const none = new Pretended([]);
    const nothing = await sweep(none, OWN, { ...options(none), dryRun: true });
    assert.deepEqual(nothing, { dryRun: true, terminated: [] });
  });

  it("terminates none when the right to do so is missing", async () => {
    const fleet = new Pretended(["i-1", "i-2"], { unauthorized: true });
    await assert.rejects(sweep(fleet, OWN, options(fleet)), /not authorized/);
    assert.deepEqual(fleet.asked, ["may i-1,i-2"]);
  });

  it("terminates all but those that AWS refuses, and names them", async () => {
    const fleet = new Pretended(["i-1", "i-2", "i-3"], { protected: ["i-2"] });
    await assert.rejects(
      sweep(fleet, OWN, options(fleet)),
      /termination protection.*\ni-2: OperationNotPermitted$/,
    );
    assert.deepEqual(
      (await fleet.list()).map(({ state }) => state),
      ["shutting-down", "running", "shutting-down"],
    );
  });

  it("says what is still there when the time is up", async () => {
    const one = new Pretended(["i-1"], { goneAfter: Infinity });
    await assert.rejects(
      sweep(one, OWN, options(one)),
      /instance i-1 of .*copr-stg is still there after 300 s/,
    );
    const two = new Pretended(["i-1", "i-2"], { goneAfter: Infinity });
    await assert.rejects(sweep(two, OWN, options(two)), /2 instances of .*copr-stg \(i-1, i-2\) are still/);
  });

  it("C26: reaps until age and count are kept", async () => {
    const fleet = new Pretended(["i-1", "i-2", "i-3"]);
    const lines: string[] = [];
    assert.deepEqual((await reap(fleet, OWN, LIMITS, options(fleet, lines))).terminated, ["i-1"]);
    assert.deepEqual(lines, [
      "i-1 is too many: it is there since 2025-12-31T23:59:00.000Z",
      "terminated i-1",
    ]);
    const old = new Pretended(["i-1", "i-2"]);
    const { terminated } = await reap(old, OWN, { ...LIMITS, maxAge: 59 }, options(old));
    assert.deepEqual(terminated, ["i-1", "i-2"]);
    assert.deepEqual((await reap(old, OWN, LIMITS, options(old))).terminated, []);
  });
});
