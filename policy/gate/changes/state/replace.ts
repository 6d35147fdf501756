import { DURABLE } from "../../../where";
import { heldBy } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";
import { shown } from "../../values";

/** Something that holds data is replaced by an empty one. */
export const statefulReplaced: UnsafeChange = {
  id: "state/replace",
  title: "Nothing that holds data is replaced",
  why: "the new one is empty, and the service goes on with it as if nothing had been there",
  instead: "undo the change of that field; or make a second one beside it, move the data, and switch over",
  where: DURABLE,
  find: each(function* (change) {
    const held = heldBy(change, change.before);
    if (change.action !== "replace" || held === undefined) return;
    const [field] = change.differences.filter(({ path }) =>
      change.replaceReasons.some((r) => path.startsWith(r)),
    );
    yield {
      says: "it is replaced by a new, empty one",
      ...(field !== undefined && { from: shown(field.before), to: shown(field.after) }),
      lost: change.before?.retainOnDelete === true ? `access to ${held}, which stay behind` : held,
    };
  }),
};
