import { ec2Fleet } from "./ec2";
import type { Ended } from "./end";
import { reap } from "./reap";
import { STACK_TAG_KEY, stackTag } from "./tag";

/** Seconds kept of a run's time to say what went wrong. */
const RESERVE = 10;

/** What AWS tells a function about its run. */
interface Run {
  getRemainingTimeInMillis(): number;
}

/**
 * The reaper, as AWS runs it on schedule: reads its limits from the environment, logs what it does, and fails, so that
 * its count of errors tells, when something is left.
 */
export async function handler(_event: unknown, run: Run): Promise<Ended> {
  const tag = stackTag(text("STACK_TAG"));
  const limits = { maxAge: whole("MAX_AGE_SECONDS"), maxCount: whole("MAX_COUNT") };
  const done = await reap(ec2Fleet(), tag, limits, {
    // Whoever turns it on says so: what is misspelt ends no builds.
    dryRun: process.env.DRY_RUN !== "false",
    timeout: Math.max(0, Math.floor(run.getRemainingTimeInMillis() / 1000) - RESERVE),
    log: (line) => {
      console.log(line);
    },
  });
  console.log(
    JSON.stringify({
      [STACK_TAG_KEY]: tag.value,
      ...limits,
      dryRun: done.dryRun,
      terminated: done.terminated,
    }),
  );
  return done;
}

function text(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the function's variable ${name} is missing`);
  return value;
}

function whole(name: string): number {
  const value = text(name);
  if (!/^\d{1,9}$/.test(value)) {
    throw new Error(`the function's variable ${name} has to be a whole number, not ${JSON.stringify(value)}`);
  }
  return Number(value);
}
