import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { inParallel } from "../../../cli/in-parallel";
import type { Outcome } from "../../support/checkout";
import { program } from "../../support/programs";
import { Lab } from "./killed/lab";
import {
  endedPlainly,
  imageOf,
  isGone,
  isWhole,
  nobodyLeft,
  type Treasure,
  treasureOf,
} from "./killed/proofs";
import { drawRounds, type Round } from "./killed/rounds";
import { shoot } from "./killed/shot";

/** How many commands are killed; `make soak` sets more. */
const ROUNDS = Number(process.env.ROUNDS ?? "10");
const SEED = Number(process.env.SEED ?? "614");

/** How many are broken before they are put right together: by then most leases of the killed have ended. */
const BATCH = 10;

/** How many commands work at the same time where nothing is killed. */
const AT_ONCE = 3;

/** How often what was over before it was killed is tried again, each time in half the time. */
const TRIES = 6;

const WITNESS = { stack: "dev-dashboard-9000", pull: 9000 };

describe(`deploy and destroy, killed (${ROUNDS} times, seed ${SEED})`, function () {
  this.timeout(600_000);
  const git = program("git");
  program("buildah");
  let lab: Lab;
  let witness: Treasure;

  before(async () => {
    lab = new Lab(git);
    // More than ten are there at the same time.
    appendFileSync(join(lab.checkout.root, "Pulumi.dev.yaml"), "  packit:testInstances:\n    max: 50\n");
    await lab.startCluster();
    lab.push(WITNESS.pull);
    await well(lab.run("deploy", WITNESS));
    witness = await treasureOf(lab, WITNESS.stack);
  });
  after(() => lab.close());

  const all = drawRounds(ROUNDS, SEED);
  for (let from = 0; from < all.length; from += BATCH) {
    const isLast = from + BATCH >= all.length;
    batch(`${from + 1} to ${isLast ? all.length : from + BATCH}`, all.slice(from, from + BATCH), isLast);
  }

  function batch(title: string, rounds: readonly Round[], isLast: boolean): void {
    describe(title, () => {
      const had = new Map<Round, { readonly treasure: Treasure; readonly image: string }>();
      const mended = new Map<Round, Promise<Outcome>>();

      before(async () => {
        await inParallel(
          rounds.filter(({ ran }) => ran),
          AT_ONCE,
          async (round) => {
            lab.push(round.pull);
            await well(lab.run("deploy", round));
            const [treasure, image] = [await treasureOf(lab, round.stack), await imageOf(lab, round.stack)];
            had.set(round, { treasure, image });
          },
        );
      });

      for (const round of rounds) {
        it(`${titleOf(round)}: ends plainly`, async () => {
          for (let tries = 1; ; tries++) {
            if (round.step.command === "deploy") lab.push(round.pull);
            const shot = await shoot(lab, round, round.at / 2 ** (tries - 1));
            if (shot.hit) {
              endedPlainly(round, shot);
              return;
            }
            assert.ok(tries < TRIES, `it was over each time\n${shot.output}`);
            if (round.step.command === "destroy") await well(lab.run("deploy", round));
          }
        });
      }

      for (const round of rounds) {
        it(`${titleOf(round)}: ${round.next} puts everything right`, async () => {
          if (mended.size === 0) mendAll();
          const outcome = await mended.get(round);
          assert.equal(outcome?.code, 0, outcome?.output);
          await nobodyLeft(lab, round);
          if (round.next === "destroy") {
            await isGone(lab, round);
            return;
          }
          const before = round.step.command === "deploy" ? had.get(round) : undefined;
          await isWhole(lab, round, before?.treasure ?? {});
          const image = await imageOf(lab, round.stack);
          assert.match(image, /^localhost\/packit-dashboard@sha256:/);
          assert.notEqual(image, before?.image, "it runs what it ran before");
        });
      }

      it("leaves nothing behind, and nothing else touched", async () => {
        const live = rounds.filter(({ next }) => next === "deploy");
        assert.deepEqual(
          (await lab.list()).map(({ name }) => name),
          [WITNESS, ...live].map(({ stack }) => stack).sort(),
        );
        assert.deepEqual(await treasureOf(lab, WITNESS.stack), witness);
        assert.deepEqual(lab.buildFolders(), []);
        // Those that come need the room.
        if (!isLast) await inParallel(live, AT_ONCE, (round) => well(lab.run("destroy", round)));
      });

      function mendAll(): void {
        // A command that was killed has a lease which ends by itself: it has time until all others are right.
        const isLate = ({ victim }: Round): number => Number(victim === "command");
        const queue = [...rounds].sort((a, b) => isLate(a) - isLate(b));
        const turns = Array.from({ length: AT_ONCE }, () => Promise.resolve());
        queue.forEach((round, index) => {
          const turn = turns[index % AT_ONCE] ?? Promise.resolve();
          const mending = turn.then(() => lab.run(round.next, round));
          mended.set(round, mending);
          turns[index % AT_ONCE] = mending.then(() => undefined);
        });
      }
    });
  }
});

function titleOf({ number, step, victim, ran }: Round): string {
  const what = step.command === "destroy" ? "" : ran ? " of one that runs" : " of a new one";
  return `${number}. ${victim} killed in ${step.name} of ${step.command}${what}`;
}

async function well(running: Promise<Outcome>): Promise<void> {
  const { code, output } = await running;
  assert.equal(code, 0, output);
}
