import { DURABLE } from "../../../where";
import { heldBy, isDisposable, isNamespace, kindOf } from "../../kinds";
import type { Change } from "../../plan";
import { each, type UnsafeChange } from "../../unsafe-change";

/** Something that holds data loses its protection, or comes without. */
export const unprotected: UnsafeChange = {
  id: "state/protect",
  title: "What holds data stays protected",
  why: "the next wrong rename, setting or destroy deletes it without asking",
  instead: "leave protect on; release one thing, when it has to go, with `pulumi state unprotect`",
  where: DURABLE,
  find: each(function* (change) {
    const { before, after } = change;
    if (after === undefined || after.protect || change.action === "other") return;
    if (before?.protect === true)
      yield {
        says: "its protection is turned off",
        from: "protected",
        to: "unprotected",
        lost: "nothing yet",
      };
    else if (before === undefined && isKept(change))
      yield { says: "it is made without protection", to: "unprotected", lost: "nothing yet" };
  }),
};

/** The pods of a StatefulSet can be made again as long as its claims are there, so it comes without protection. */
function isKept(change: Change): boolean {
  const { after } = change;
  if (after === undefined || isDisposable(after) || kindOf(change) === "StatefulSet") return false;
  return isNamespace(change) || heldBy(change, after) !== undefined;
}
