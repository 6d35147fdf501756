import { table } from "../../images/words";
import { inParallel } from "../../in-parallel";
import { leftoversOfBuilds } from "../../instances/images/prune/prune";
import { untilInterrupted } from "../../instances/interrupt";
import { pullAsker } from "../../instances/reap/pulls";
import { type Due, dueInstances, type Reaped, reapOne } from "../../instances/reap/reap";
import { noteUse } from "../../instances/use/note";
import { holderFor } from "../../instances/who";
import type { ProjectPaths } from "../../paths";
import { failure, messageOf, progress } from "../../report";

export interface ReapOptions {
  /** Only say what would be done; undefined: on a terminal, unless `yes` says otherwise. */
  readonly dryRun?: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  /** How many at the same time. */
  readonly atOnce: number;
  readonly by?: string;
}

/**
 * Destroys the test instances whose time has come or whose pull requests have ended, and puts the unused to sleep.
 *
 * @returns 1 when something could not be asked or done; all else is done all the same.
 */
export async function reap(paths: ProjectPaths, options: ReapOptions): Promise<number> {
  const holder = holderFor(options.by);
  const asked = await dueInstances(paths, await pullAsker());
  const dry = options.dryRun ?? (process.stdout.isTTY && !options.yes);
  const { due } = asked;
  const problems = [...asked.problems, ...(dry ? [] : await noteUse(due))];
  problems.forEach(failure);
  const going = due.filter(({ action }) => action !== "stay");
  if (dry || going.length === 0) {
    console.log(options.json ? JSON.stringify(due.map(plain), null, 2) : asTable(due));
    if (dry && going.length > 0) progress("nothing was done: packit-stacks reap --yes does it");
    return (await clearBuilds(paths, dry)) && problems.length === 0 ? 0 : 1;
  }
  const onProgress = (name: string, line: string): void => {
    if (line.trim() !== "") progress(`${name}: ${line.trim()}`);
  };
  const reaped = await untilInterrupted((signal) =>
    inParallel(going, options.atOnce, (one) => reapOne(paths, one, { holder, signal, onProgress })),
  );
  console.log(options.json ? JSON.stringify(reaped, null, 2) : table(reaped.map(row)));
  const cleared = await clearBuilds(paths, dry);
  return cleared && problems.length === 0 && reaped.every(({ done }) => done) ? 0 : 1;
}

/** Takes away what is left of old builds. @returns whether all went well; what did not is told. */
async function clearBuilds(paths: ProjectPaths, dry: boolean): Promise<boolean> {
  const { leftovers, problems } = await leftoversOfBuilds(paths);
  const failures = [...problems];
  for (const { what, remove } of leftovers) {
    try {
      if (!dry) await remove();
      progress(dry ? `would remove ${what}` : `removed ${what}`);
    } catch (error) {
      failures.push(`${what} is not removed: ${messageOf(error)}`);
    }
  }
  failures.forEach(failure);
  return failures.length === 0;
}

function plain({ name, action, why }: Due): Omit<Reaped, "done"> {
  return { name, action, why };
}

function asTable(due: readonly Due[]): string {
  if (due.length === 0) return "no test instances";
  return table([["NAME", "WOULD", "WHY"], ...due.map(({ name, action, why }) => [name, action, why])]);
}

const DONE = { destroy: "destroyed", sleep: "asleep", stay: "stays" } as const;

function row({ name, action, why, done, problem }: Reaped): readonly string[] {
  return [name, done ? DONE[action] : "FAILED", problem ?? why];
}
