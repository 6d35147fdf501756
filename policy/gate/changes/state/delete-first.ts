import { DURABLE } from "../../../where";
import { heldBy } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";

/** What holds data is deleted before its successor is there. */
export const deletedFirst: UnsafeChange = {
  id: "state/delete-first",
  title: "Nothing that holds data is deleted before its successor is there",
  why: "when making the new one fails, there is neither",
  instead: "leave deleteBeforeReplace away, and give the successor a name of its own",
  where: DURABLE,
  find: each(function* (change, { showsReplacements }) {
    const held = heldBy(change, change.before);
    if (change.action !== "replace" || held === undefined) return;
    if (change.deleteFirst) yield { says: "the old one is deleted first", lost: held };
    else if (!showsReplacements)
      yield {
        says: "the preview does not show which is first: the new one or the deletion",
        undecided: true,
      };
  }),
};
