import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { RUN_VARIABLE } from "../../cli/interrupted";
import { Checkout, type Outcome } from "../support/checkout";

/** How many runs are killed; `make soak` sets more. */
const ROUNDS = Number(process.env.ROUNDS ?? "10");
const SEED = Number(process.env.SEED ?? "614");

/** The processes of a run, and how each is found in the process table. */
const VICTIMS = {
  engine: /^pulumi\0(?:up|preview)\0/,
  host: /pulumi-language-nodejs\0/,
  plugin: /pulumi-resource-kubernetes/,
} as const;

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
    const victim = pick(Object.keys(VICTIMS) as (keyof typeof VICTIMS)[], random());
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
      await killLater(killed, checkout, VICTIMS[victim], seconds * 1000);
      await killed;

      const next = await checkout.stacks("up", stack);
      assert.equal(next.code, 0, next.output);
      assert.deepEqual(marked(checkout), [], "processes of the killed run are left");
      const preview = await checkout.pulumi(
        "preview",
        "-s",
        stack,
        "--expect-no-changes",
        "--non-interactive",
      );
      assert.equal(preview.code, 0, preview.output);
    });
  }
});

function stackOf(round: number): string {
  return `dev-pr-${9000 + round}`;
}

/** Kills a process of the run after a while, as soon as there is one, unless the run has ended by then. */
async function killLater(
  run: Promise<Outcome>,
  checkout: Checkout,
  victim: RegExp,
  milliseconds: number,
): Promise<void> {
  const hasEnded = async (wait: number): Promise<boolean> =>
    Promise.race([run.then(() => true), sleep(wait).then(() => false)]);
  for (let wait = milliseconds; !(await hasEnded(wait)); wait = 20) {
    const pids = marked(checkout, victim);
    for (const pid of pids) process.kill(pid, "SIGKILL");
    if (pids.length > 0) return;
  }
}

/** Processes of runs in the checkout. */
function marked(checkout: Checkout, name = /^/): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        const environ = readFileSync(join("/proc", entry, "environ"), "utf8");
        const command = readFileSync(join("/proc", entry, "cmdline"), "utf8");
        return environ.includes(`${RUN_VARIABLE}=${checkout.root}:`) && name.test(command);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The same numbers in [0, 1) for the same seed (Lehmer's generator). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function pick<T>(choices: readonly T[], at: number): T {
  const choice = choices[Math.floor(at * choices.length)];
  if (choice === undefined) throw new Error("nothing to choose from");
  return choice;
}
