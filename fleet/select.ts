import { isAlive, type Instance } from "./instance";
import type { StackTag } from "./tag";

/** What a stack's builders may cost at most. */
export interface FleetLimits {
  /** Age in seconds that none may be above. */
  readonly maxAge: number;
  /** How many there may be at a time. */
  readonly maxCount: number;
}

/** An instance to be terminated, and why. */
export interface Due {
  readonly instance: Instance;
  readonly because: "too old" | "too many";
}

/**
 * Those that have the stack's tag, to the letter. EC2's filters are asked first, but an answer that held too much
 * would end somebody else's builds: hence once more here.
 */
export function ownedBy(tag: StackTag, instances: readonly Instance[]): Instance[] {
  return instances.filter(({ tags }) => tags.get(tag.key) === tag.value);
}

/**
 * Which of a stack's builders have to go: those above the age, and of what is left so many that the count is kept, the
 * oldest first, since builders without an owner are older than those that resalloc renews.
 */
export function dueOf(tag: StackTag, instances: readonly Instance[], limits: FleetLimits, now: Date): Due[] {
  const own = ownedBy(tag, instances).filter(isAlive).sort(byAge);
  const born = now.getTime() - limits.maxAge * 1000;
  const tooOld = own.filter(({ since }) => since.getTime() < born);
  const others = own.filter((instance) => !tooOld.includes(instance));
  const tooMany = others.slice(0, Math.max(0, others.length - limits.maxCount));
  return [
    ...tooOld.map((instance): Due => ({ instance, because: "too old" })),
    ...tooMany.map((instance): Due => ({ instance, because: "too many" })),
  ];
}

/** The oldest first; of the same age in a fixed order. */
function byAge(one: Instance, other: Instance): number {
  return one.since.getTime() - other.since.getTime() || (one.id < other.id ? -1 : 1);
}
