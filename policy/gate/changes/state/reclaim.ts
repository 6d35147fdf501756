import { DURABLE } from "../../../where";
import { isDisposable, kindOf } from "../../kinds";
import type { Change, State } from "../../plan";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, shown } from "../../values";

/** A volume begins to be deleted together with the claim to it. */
export const reclaimDelete: UnsafeChange = {
  id: "state/reclaim",
  title: "No volume begins to go with its claim",
  why: "with the policy Delete the storage itself is removed the moment the claim is",
  instead: "keep Retain (or Snapshot), and remove volumes by hand when their data has been saved",
  where: DURABLE,
  find: each(function* (change) {
    const { before, after } = change;
    if (after === undefined || isDisposable(after)) return;
    for (const [word, to] of policies(change, after)) {
      if (to !== "Delete") continue;
      const from = new Map(policies(change, before)).get(word);
      // A claim that is new has nothing to lose; a class or a volume decides over data that is there.
      if (from === "Delete" || (before === undefined && kindOf(change) !== "PersistentVolume")) continue;
      yield {
        says: `its ${word} becomes Delete`,
        from: shown(from),
        to: "Delete",
        lost: "the volume, whenever its claim goes",
      };
    }
  }),
};

function policies(change: Change, state: State | undefined): (readonly [string, unknown])[] {
  const inputs = state?.inputs;
  switch (kindOf(change)) {
    case "PersistentVolume":
      return [["reclaim policy", at(inputs, "spec", "persistentVolumeReclaimPolicy")]];
    case "StorageClass":
      return [["reclaim policy", at(inputs, "reclaimPolicy")]];
    case "StatefulSet":
      return ["whenDeleted", "whenScaled"].map((when) => [
        `claim retention policy ${when}`,
        at(inputs, "spec", "persistentVolumeClaimRetentionPolicy", when),
      ]);
    case "PersistentVolumeClaim":
      return [["reclaim annotation", at(inputs, "metadata", "annotations", "kubernetes.io/reclaimPolicy")]];
    default:
      return [];
  }
}
