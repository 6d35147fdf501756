import { hostname } from "node:os";

import type { Lock } from "../../../lock-files";
import { type Check, failed, type Finding, ok, skipped, warning } from "../check";

/** What a look at the locks needs. */
export interface LockFacts {
  readonly stack: string;
  /** Finds them; undefined when the stack is not in the backend. */
  readonly locks: () => Promise<readonly Lock[] | undefined>;
  /** Whether a process of this machine lives. */
  readonly isAlive: (pid: number) => boolean;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** No deployment takes longer than this: workers have an hour to finish, one after the other. */
const LONGEST_DEPLOYMENT_MS = 6 * 3_600_000;

export function lockCheck(facts: LockFacts): Check {
  return { id: "lock", needs: ["settings", "backend"], run: () => lock(facts) };
}

async function lock(facts: LockFacts): Promise<Finding> {
  const locks = await facts.locks();
  if (locks === undefined) return skipped("the stack is not there yet");
  const [first] = locks;
  if (first === undefined) return ok("nobody works on the stack");
  const { stack, now } = facts;
  const age = now - first.since;
  const whose = `${first.user} on ${first.host} (process ${first.pid}) holds it since ${inWords(age)}`;
  if (first.host === hostname()) {
    return facts.isAlive(first.pid)
      ? warning(whose, "wait for that deployment to end")
      : failed(
          `${whose}, and is gone`,
          `make up STACK=${stack} clears it where the state is local; else ${cancel(stack)}`,
        );
  }
  if (age > LONGEST_DEPLOYMENT_MS) {
    return failed(whose, `it has most likely been killed: ask ${first.user}, then ${cancel(stack)}`);
  }
  return warning(
    whose,
    `wait for that deployment to end; if ${first.user} says that it was killed: ${cancel(stack)}`,
  );
}

function cancel(stack: string): string {
  return `eval "$(make -s env STACK=${stack})" && pulumi cancel -s ${stack}, and look at make preview STACK=${stack} before you go on`;
}

/** A time span, in its biggest unit; only whole days count, as in `secrets status`. */
export function inWords(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(minutes / 1440)} days`;
}
