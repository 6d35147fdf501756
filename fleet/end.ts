import { SYSTEM_CLOCK, type Clock } from "./clock";
import type { Fleet, Refusal } from "./ec2";
import type { Instance } from "./instance";
import type { StackTag } from "./tag";

/** Seconds between two looks at what is still there. EC2 takes half a minute to a few minutes to end an instance. */
const PAUSE = 5;

/** How instances are ended. */
export interface EndOptions {
  /**
   * Only says what would be done, and asks AWS whether it may be done.
   *
   * @default false
   */
  readonly dryRun?: boolean;
  /** Time in seconds in which they have to be gone. */
  readonly timeout: number;
  /** Takes a line for people. */
  readonly log?: (line: string) => void;
  /** @default the machine's own */
  readonly clock?: Clock;
}

/** What was done. */
export interface Ended {
  readonly dryRun: boolean;
  /** Ids, in the order in which they were found. */
  readonly terminated: readonly string[];
}

/**
 * Terminates what `wanted` chooses of the stack's instances, looks again, and so on until it chooses nothing and what
 * it chose is gone: an instance that was about to start shows up only after a while.
 *
 * @param looks - How many looks one after the other have to find nothing.
 * @throws Error that names all instances that AWS refused, or that are still there when the time is up.
 */
export async function endAll(
  fleet: Fleet,
  tag: StackTag,
  wanted: (instances: readonly Instance[]) => readonly Instance[],
  looks: number,
  options: EndOptions,
): Promise<Ended> {
  const { dryRun = false, timeout, log = () => undefined, clock = SYSTEM_CLOCK } = options;
  const until = clock.now().getTime() + timeout * 1000;
  const terminated = new Set<string>();
  let quiet = 0;
  for (;;) {
    const there = await fleet.list(tag);
    const chosen = wanted(there).map(({ id }) => id);
    const fresh = chosen.filter((id) => !terminated.has(id));
    if (fresh.length > 0) {
      // Before the first one is gone: rights that are missing leave all as it is.
      await fleet.mayTerminate(fresh);
      if (dryRun) return { dryRun, terminated: fresh };
      refuse(await fleet.terminate(fresh), tag);
      for (const id of fresh) {
        terminated.add(id);
        log(`terminated ${id}`);
      }
    } else if (dryRun) {
      return { dryRun, terminated: [] };
    }
    const left = there.filter(({ id }) => terminated.has(id)).map(({ id }) => id);
    quiet = left.length === 0 && chosen.length === 0 ? quiet + 1 : 0;
    if (quiet >= looks) return { dryRun, terminated: [...terminated] };
    if (left.length > 0 && clock.now().getTime() >= until) {
      throw new Error(`${sentence(left, tag)} still there after ${timeout} s: try again, or look why`);
    }
    await clock.sleep(PAUSE);
  }
}

function refuse(refusals: readonly Refusal[], tag: StackTag): void {
  if (refusals.length === 0) return;
  const lines = refusals.map(({ id, reason }) => `${id}: ${reason}`);
  throw new Error(
    `instances of ${tag.value} could not be terminated: take their termination protection away, or give the right ec2:TerminateInstances\n${lines.join("\n")}`,
  );
}

function sentence(ids: readonly string[], tag: StackTag): string {
  return ids.length === 1
    ? `instance ${ids.join()} of ${tag.value} is`
    : `${ids.length} instances of ${tag.value} (${ids.join(", ")}) are`;
}
