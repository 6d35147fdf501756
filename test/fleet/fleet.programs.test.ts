import assert from "node:assert/strict";

import fc from "fast-check";

import { reap } from "../../fleet/reap";
import { sweep } from "../../fleet/sweep";
import { account } from "./account";
import { machine, OWN } from "./look-alikes";

const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
/** The server gets slower with all that it has ever held, so the fleets have several accounts. */
const ACCOUNTS = 8;
const FLEETS_PER_ACCOUNT = 25;
const OPTIONS = { timeout: 30, clock };

describe("sweep and reaper in an account", () => {
  const aws = account();

  beforeEach(() => aws().clear());

  it("C26: end exactly the stack's builders of 200 fleets with look-alikes", async function () {
    this.timeout(600_000);
    const { fleet, start, alive, clear } = aws();
    const fleets = fc.array(fc.record({ machine, count: fc.integer({ min: 1, max: 2 }) }), { maxLength: 3 });
    for (let index = 0; index < ACCOUNTS; index += 1) {
      await clear();
      // Others' machines stay from one fleet to the next.
      const others: string[] = [];
      await fc.assert(
        fc.asyncProperty(fleets, fc.nat(2), async (groups, maxCount) => {
          const own: string[] = [];
          for (const { machine: kind, count } of groups) {
            (kind.own ? own : others).push(...(await start(kind.tags, count)));
          }
          const reaped = await reap(fleet, OWN, { maxAge: 3600, maxCount }, OPTIONS);
          assert.equal(reaped.terminated.length, Math.max(0, own.length - maxCount));
          const swept = await sweep(fleet, OWN, OPTIONS);
          assert.deepEqual([...reaped.terminated, ...swept.terminated].sort(), own.sort());
        }),
        { numRuns: FLEETS_PER_ACCOUNT },
      );
      assert.deepEqual(await alive(), others.sort());
    }
  });

  it("read all pages", async () => {
    const { fleet, start, alive } = aws();
    const started = await start({ [OWN.key]: OWN.value }, 12);
    const strangers = await start({});
    assert.equal((await fleet.list(OWN)).length, 12);
    assert.deepEqual([...(await sweep(fleet, OWN, OPTIONS)).terminated].sort(), started.sort());
    assert.deepEqual(await alive(), strangers);
  });

  it("reap by age, counted from the launch", async () => {
    const { fleet, start, alive } = aws();
    const ids = await start({ [OWN.key]: OWN.value });
    const limits = { maxAge: 3600, maxCount: 9 };
    const later = (seconds: number) => ({
      ...OPTIONS,
      clock: { ...clock, now: () => new Date(Date.now() + seconds * 1000) },
    });
    assert.deepEqual((await reap(fleet, OWN, limits, later(3500))).terminated, []);
    assert.deepEqual((await reap(fleet, OWN, limits, later(3700))).terminated, ids);
    assert.deepEqual(await alive(), []);
  });

  it("terminate nothing in a dry run", async () => {
    const { fleet, start, alive } = aws();
    const ids = await start({ [OWN.key]: OWN.value });
    const { terminated } = await sweep(fleet, OWN, { ...OPTIONS, dryRun: true });
    assert.deepEqual(terminated, ids);
    assert.deepEqual(await alive(), ids);
  });

  it("terminate all others when one is protected, and name it", async () => {
    const { fleet, start, protect, alive } = aws();
    const [, kept = ""] = await start({ [OWN.key]: OWN.value }, 3);
    await protect(kept, true);
    await assert.rejects(sweep(fleet, OWN, OPTIONS), new RegExp(`termination protection[^]*${kept}`));
    assert.deepEqual(await alive(), [kept]);
    await protect(kept, false);
    assert.deepEqual((await sweep(fleet, OWN, OPTIONS)).terminated, [kept]);
  });

  it("take an instance that is gone meanwhile for terminated", async () => {
    const { fleet, start, alive } = aws();
    const ids = await start({ [OWN.key]: OWN.value });
    await fleet.mayTerminate(["i-0123456789abcdef0", ...ids]);
    assert.deepEqual(await fleet.terminate(["i-0123456789abcdef0", ...ids]), []);
    assert.deepEqual(await alive(), []);
  });
});
