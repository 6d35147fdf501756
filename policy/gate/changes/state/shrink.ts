import { EVERYWHERE } from "../../../where";
import { amountAt } from "../../amounts";
import { kindOf } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, shown } from "../../values";

/** A volume gets smaller. */
export const claimShrunk: UnsafeChange = {
  id: "state/shrink",
  title: "No volume gets smaller",
  why: "Kubernetes refuses it in the middle of the deployment, after other things have been changed",
  instead: "keep the size; to save space make a second, smaller claim, copy the data, and switch over",
  where: EVERYWHERE,
  find: each(function* (change) {
    const { before, after } = change;
    if (before === undefined || after === undefined) return;
    const field = SIZE[kindOf(change) ?? change.type];
    if (field === undefined) return;
    const [from, to] = [at(before.inputs, ...field), at(after.inputs, ...field)];
    if (isUnknown(to)) yield { says: "its new size is not known yet", from: shown(from), undecided: true };
    else if ((amountAt(after.inputs, ...field) ?? Infinity) < (amountAt(before.inputs, ...field) ?? 0))
      yield {
        says: "its size is cut",
        from: shown(from),
        to: shown(to),
        lost: "nothing, but the deployment breaks off",
      };
  }),
};

const SIZE: Readonly<Record<string, readonly string[]>> = {
  PersistentVolumeClaim: ["spec", "resources", "requests", "storage"],
  PersistentVolume: ["spec", "capacity", "storage"],
  "aws:ebs/volume:Volume": ["size"],
  "aws:rds/instance:Instance": ["allocatedStorage"],
};
