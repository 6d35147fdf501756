/**
 * A process that takes the lease of a test instance and works on it for a moment, for tests with several of them:
 * `taker.ts <kubeconfig> <witness file> <stack> <milliseconds of work>`. It says `working` and then `done` and the
 * name of its identity. Who works has the witness file: there is never a second.
 */
import { closeSync, openSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { connect } from "../../../../cli/cluster";
import { openControl } from "../../../../cli/instances/leases/control";
import { recordOf } from "./records";

/** Short enough for a test, and whole seconds. */
const TIMING = { duration: 12_000, renewEvery: 1_500, askEvery: 300 };

const POOL = ["alpha", "beta", "gamma", "delta", "epsilon"].map((name) => ({ name }));

async function main([
  kubeconfig = "",
  witness = "",
  stack = "",
  forMs = "",
]: readonly string[]): Promise<void> {
  const control = openControl(await connect({ kubeconfig }), { timing: TIMING });
  const holder = { kind: "ci", name: `taker ${process.pid}` } as const;
  const identity = await control.hold(stack, holder, { wait: true }, async (held) => {
    closeSync(openSync(witness, "wx"));
    await held.update(() => recordOf(stack));
    const { name } = await held.takeIdentity(POOL);
    console.log("working");
    await sleep(Number(forMs));
    rmSync(witness);
    return name;
  });
  console.log(`done ${identity}`);
}

void main(process.argv.slice(2));
