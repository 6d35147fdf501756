import assert from "node:assert/strict";

import { RUN_VARIABLE } from "../../cli/interrupted";
import { Checkout } from "../support/checkout";
import { ENGINE_PROCESSES, type EngineProcess, killLater, processesWith } from "../support/killing";
import { generator, pick } from "../support/seeded";

/** How many runs are killed; `make soak` sets more. */
const ROUNDS = Number(process.env.ROUNDS ?? "10");
const SEED = Number(process.env.SEED ?? "614");

describe(`an up that is killed (${ROUNDS} times, seed ${SEED})`, function () {
  let checkout: Checkout;
  const random = generator(SEED);

  before(async () => {
    checkout = Checkout.make();
    const up = await checkout.stacks("up", stackOf(0));
    assert.equal(up.code, 0, up.output);
  });
  after(() => checkout.close());

  for (let round = 1; round <= ROUNDS; round++) {
    const victim = pick(Object.keys(ENGINE_PROCESSES) as EngineProcess[], random());
    const seconds = 0.3 + random() * 8;
    // In turn the making of a new instance, and a change of one that runs.
    const stack = stackOf(round % 2 === 0 ? 0 : round);
    it(`is finished by the next one (${victim} after ${seconds.toFixed(1)} s, ${stack})`, async () => {
      await checkout.pulumi(
        "config",
        "set",
        "-s",
        stackOf(0),
        "--path",
        "packit:celery.retryBackoff",
        String(round),
      );
      const killed = checkout.stacks("up", stack);
      await killLater(killed, () => processesWith(mark(checkout), ENGINE_PROCESSES[victim]), seconds * 1000);
      await killed;

      const next = await checkout.stacks("up", stack);
      assert.equal(next.code, 0, next.output);
      assert.deepEqual(processesWith(mark(checkout)), [], "processes of the killed run are left");
      await checkout.assertUnchanged(stack);
    });
  }
});

function stackOf(round: number): string {
  return `dev-pr-${9000 + round}`;
}

/** Marks the processes of runs in a checkout. */
function mark({ root }: Checkout): string {
  return `${RUN_VARIABLE}=${root}:`;
}
