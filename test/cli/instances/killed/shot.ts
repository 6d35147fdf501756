import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { ENGINE_PROCESSES, killLater, processesWith } from "../../../support/killing";
import type { Lab } from "./lab";
import type { Round } from "./rounds";

/** How a command ended of which something was killed. */
export interface Shot {
  /** Whether it was there to be killed. */
  readonly hit: boolean;
  /** Exit code; null: it was killed itself. */
  readonly code: number | null;
  readonly output: string;
  /** How long it took to end once something was killed, in milliseconds. */
  readonly ending: number;
}

/** Runs a round's command, and kills what it says when it says. */
export async function shoot(lab: Lab, round: Round, at: number): Promise<Shot> {
  const { step, victim } = round;
  const child = spawn(process.execPath, [lab.bundle, ...lab.words(step.command, round)], {
    cwd: lab.checkout.root,
    env: lab.environment(round.number),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = once(child, "close");
  let output = "";
  const begun = new Promise<void>((resolve) => {
    if (step.begins === undefined) resolve();
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        output += `${line}\n`;
        if (step.begins?.test(line)) resolve();
      });
  });
  await Promise.race([begun, closed]);
  const hit = await killLater(closed, victimOf(lab, round, child), at * step.takes);
  const killed = performance.now();
  if (hit && victim === "api" && round.restarts) await lab.startCluster();
  await closed;
  return { hit, code: child.exitCode, output, ending: performance.now() - killed };
}

function victimOf(lab: Lab, { victim, number }: Round, child: ChildProcess): () => readonly number[] {
  if (victim === "command") return () => (child.pid === undefined ? [] : [child.pid]);
  if (victim !== "api") return () => processesWith(lab.mark(number), ENGINE_PROCESSES[victim]);
  return () => lab.apiServer();
}
