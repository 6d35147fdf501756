import type { Where } from "../where";
import type { Change, Plan } from "./plan";

/** What is wrong with one change. */
export interface Problem {
  readonly change: Change;
  /** One sentence without the resource's name. */
  readonly says: string;
  /** The deciding value before and after, as it can be shown. */
  readonly from?: string;
  readonly to?: string;
  /** What would be gone. */
  readonly lost?: string;
  /** Set when a value that decides is not known before the deployment: it may be safe or not. */
  readonly undecided?: boolean;
}

/** A kind of change that must not happen unseen. */
export interface UnsafeChange {
  /** Area and name, as in its file's path: `state/delete`. */
  readonly id: string;
  /** What it refuses, in one sentence. */
  readonly title: string;
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
  readonly where: readonly Where[];
  /** Finds it in a plan. Depends on its argument alone. */
  readonly find: (plan: Plan) => Iterable<Problem>;
}

/** A finder that looks at each change by itself. */
export function each(
  look: (change: Change, plan: Plan) => Iterable<Omit<Problem, "change">>,
): UnsafeChange["find"] {
  return function* (plan) {
    for (const change of plan.changes) {
      for (const problem of look(change, plan)) yield { change, ...problem };
    }
  };
}
