import type { Cluster } from "../../cluster";
import type { Held } from "../leases/api";
import { UNUSED } from "../use/use";
import { candidates, type Judged } from "./candidate";
import { decide } from "./decide";
import { namespacesOf } from "./look";

/** Somebody has done something with the instance since it was looked at, and it is not to go any more. */
export class NotDue extends Error {
  override readonly name = "NotDue";
}

/**
 * Looks once more, with its lease in hand, whether an instance is to be destroyed: while others were, somebody may
 * have extended it or deployed it again.
 *
 * @param before - What was seen of it before.
 * @throws NotDue that says why it stays after all.
 */
export async function checkStillDue(
  cluster: Cluster,
  { name, pulls }: Pick<Judged, "name" | "pulls">,
  { record, now }: Pick<Held, "record" | "now">,
): Promise<void> {
  const lease = { name, admitted: false, ...(record !== undefined && { record }) };
  const seen = candidates([lease], await namespacesOf(cluster)).find((one) => one.name === name);
  if (seen === undefined) return;
  // It is in use, so to say, by whoever is about to destroy it; sleep is no question any more.
  const { action, why } = decide(
    { ...seen, pulls },
    { now: now(), idle: Number.POSITIVE_INFINITY, use: UNUSED },
  );
  if (action !== "destroy") throw new NotDue(why);
}
