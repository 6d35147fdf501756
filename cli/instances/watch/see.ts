import { referencesIn, referenceText } from "../../../stacks/settings/references";
import { messageOf } from "../../report";
import type { Found } from "../find";
import type { InstanceRecord } from "../record";
import { rolloutsIn, rolloutText } from "../workloads";
import type { Seen } from "./follow";

/**
 * What an instance is at now, for whoever watches it.
 *
 * @param code - What it ran when they began, as it is typed: deployed with other code it is somebody else's to watch.
 */
export async function seeInstance(
  { cluster, control }: Pick<Found, "cluster"> & { readonly control: Pick<Found["control"], "instance"> },
  name: string,
  code: readonly string[],
): Promise<Seen> {
  const there = (text: string, deployable: boolean): Seen => ({ text, deployable, over: false });
  try {
    const instance = await control.instance(name);
    if (instance === undefined) return { text: `${name} is gone`, deployable: false, over: true };
    const { record, work } = instance;
    if (record === undefined) return there(`${name} is being made`, false);
    const runs = codeIn(record);
    if (runs.join(" ") !== code.join(" ")) {
      const text = `${record.holder.name} has deployed other code on it: ${runs.join(" ")}`;
      return { text, deployable: false, over: true };
    }
    const rollouts = await rolloutsIn(cluster, record.namespace);
    const waiting = rollouts.filter(({ done }) => !done).map(rolloutText);
    const by = work === undefined || work.expired ? "" : `, ${work.holder} works on it`;
    const pods = waiting.join("; ") || "everything is ready";
    return there(
      `${record.state}${by}; ${record.state === "asleep" ? "no pod runs" : pods}`,
      record.state !== "destroying",
    );
  } catch (error) {
    return there(`cannot be asked: ${messageOf(error)}`, false);
  }
}

/** What an instance runs, as it is typed. */
export function codeIn({ references }: Pick<InstanceRecord, "references">): readonly string[] {
  return referencesIn(references).map(referenceText);
}
