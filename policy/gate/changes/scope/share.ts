import { DURABLE } from "../../../where";
import { SMALL_STACK } from "../../limits";
import type { Plan } from "../../plan";
import type { Problem, UnsafeChange } from "../../unsafe-change";

/** A large part of a stack changes at once. */
export const largeShare: UnsafeChange = {
  id: "scope/share",
  title: "No large part of a stack changes at once",
  why: "nobody reads a preview of that length, and when it goes wrong everything is wrong at once",
  instead:
    "split it into several deployments; or, when one setting really touches all, say so with an approval",
  where: DURABLE,
  *find({ changes, existing, touched: count, thresholds }: Plan): Iterable<Problem> {
    const [change] = changes;
    if (change === undefined || existing < SMALL_STACK || count <= existing * thresholds.share) return;
    const stack = changes.find(({ type }) => type === "pulumi:pulumi:Stack") ?? change;
    yield {
      change: stack,
      says: `${count} of ${existing} resources change, more than ${Math.round(thresholds.share * 100)} %`,
      from: `${existing} resources`,
      to: `${count} changed`,
    };
  },
};
