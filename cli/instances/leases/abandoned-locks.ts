import { ask } from "../../backend";
import type { Environment } from "../../environment";
import type { Lock } from "../../lock-files";
import { locksOf } from "../../locks";
import type { Abandoned } from "./abandoned";
import type { Held } from "./api";

/**
 * Clears the engine's locks that nobody owns any more, whose owner was on another machine: on this one the process
 * itself tells. A lock stays when it may be somebody's who works without a lease.
 *
 * @param root - Folder of the checkout.
 * @returns what was done, a line each.
 * @throws Error when the backend does not answer.
 */
export async function clearAbandonedLocks(
  { name, abandoned }: Pick<Held, "name" | "abandoned">,
  environment: Environment,
  root: string,
): Promise<readonly string[]> {
  if (abandoned.length === 0) return [];
  const locks = (await locksOf(environment, root, name)) ?? [];
  // Only all of them together can be cleared.
  if (locks.length === 0 || !locks.every((lock) => isAbandoned(lock, abandoned))) return [];
  const { ok, problem } = await ask(environment, root, ["cancel", "--yes", "--stack", name]);
  if (!ok) throw new Error(`the lock of a run that is gone cannot be cleared: ${problem}`);
  return locks.map(({ user, host }) => `cleared the lock of a run of ${user} on ${host} that is gone`);
}

/**
 * Whether a lock is from a machine on which somebody worked with the instance's lease, from that very time, and did
 * not end well. The lease is somebody else's since then, and an engine ends with the lease under which it works. Both
 * times are of that machine's clock; where it has jumped, the lock stays.
 */
export function isAbandoned({ host, since }: Lock, abandoned: readonly Abandoned[]): boolean {
  // Files tell whole milliseconds, and the engine's times may be shorter still.
  return abandoned.some((work) => work.host === host && since >= work.from - 1 && since <= work.until);
}
