import { kindOf, isNamespace, namespaceOf, objectName } from "../../kinds";
import { foreignOwner } from "../../stack";
import { each, type UnsafeChange } from "../../unsafe-change";
import { isUnknown, shown } from "../../values";

/** A test instance puts something into somebody else's namespace. */
export const testInstanceElsewhere: UnsafeChange = {
  id: "tenancy/test-instance",
  title: "A test instance stays in its own namespaces",
  why: "code that nobody has looked at yet would run beside production, and goes with the instance when it ends",
  instead: "leave the namespace to the stack's name",
  where: ["test"],
  find: each(function* (change, { stack }) {
    const { before, after } = change;
    if (after === undefined || kindOf(change) === undefined || change.action === "other") return;
    const [from, place] = isNamespace(change)
      ? [objectName(before), objectName(after)]
      : [namespaceOf(before), namespaceOf(after)];
    if (place === undefined || place === from) return;
    if (isUnknown(place)) {
      if (from !== undefined) yield { says: "its namespace is not known yet", from, undecided: true };
      return;
    }
    const owner = foreignOwner(stack, place);
    if (owner !== undefined)
      yield { says: `it goes to a namespace of ${owner}`, from: shown(from), to: shown(place) };
  }),
};
