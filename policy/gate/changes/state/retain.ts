import { DURABLE } from "../../../where";
import { heldBy, isDisposable, kindOf } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";

/** Data that outlived its stack no longer would. */
export const notRetained: UnsafeChange = {
  id: "state/retain",
  title: "Data outlives its stack",
  why: "without retainOnDelete a claim that leaves the stack is deleted with its volume",
  instead: "set retainOnDelete on the resource itself",
  where: DURABLE,
  find: each(function* (change) {
    const { before, after } = change;
    if (after === undefined || after.retainOnDelete || change.action === "other") return;
    if (before?.retainOnDelete === true)
      yield {
        says: "it is no longer kept when it leaves the stack",
        from: "kept",
        to: "deleted",
        lost: "nothing yet",
      };
    else if (
      before === undefined &&
      kindOf(change) === "PersistentVolumeClaim" &&
      !isDisposable(after) &&
      heldBy(change, after) !== undefined
    )
      yield { says: "it is made without retainOnDelete", to: "deleted with the stack", lost: "nothing yet" };
  }),
};
