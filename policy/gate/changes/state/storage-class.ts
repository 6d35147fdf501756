import { DURABLE } from "../../../where";
import { isDisposable, kindOf } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, same, shown } from "../../values";

/** The storage class or the access modes of data change. */
export const storageClassChanged: UnsafeChange = {
  id: "state/storage-class",
  title: "Storage class and access modes of data stay",
  why: "neither can be changed in place, so the claim is replaced by an empty one",
  instead: "make a second claim of the other class, copy the data, and switch the workload over",
  where: DURABLE,
  find: each(function* (change) {
    const { before, after } = change;
    if (kindOf(change) !== "PersistentVolumeClaim" || before === undefined || after === undefined) return;
    if (isDisposable(before)) return;
    for (const [field, word] of FIELDS) {
      const [from, to] = [at(before.inputs, "spec", field), at(after.inputs, "spec", field)];
      if (same(from, to)) continue;
      if (isUnknown(to)) yield { says: `its ${word} is not known yet`, from: shown(from), undecided: true };
      else
        yield {
          says: `its ${word} changes`,
          from: shown(from ?? "the cluster's default"),
          to: shown(to ?? "the cluster's default"),
          lost: "access to the data on the volume",
        };
    }
  }),
};

const FIELDS = [
  ["storageClassName", "storage class"],
  ["accessModes", "access mode"],
] as const;
