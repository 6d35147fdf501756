import { DURABLE } from "../../../where";
import { heldBy, isNamespace } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";
import { plain } from "../../text";

/** Something that holds data is tied to the end of something else. */
export const deletedWith: UnsafeChange = {
  id: "state/deleted-with",
  title: "What holds data is tied to nothing that can be deleted",
  why: "with deletedWith the engine takes it for gone as soon as the other resource is, and protection is not asked",
  instead: "leave deletedWith away from what holds data",
  where: DURABLE,
  find: each(function* (change) {
    const { before, after } = change;
    if (after?.deletedWith === undefined || after.deletedWith === before?.deletedWith) return;
    const held = isNamespace(change) ? "everything in the namespace" : heldBy(change, after);
    if (held === undefined) return;
    yield {
      says: "it would go together with another resource",
      ...(before?.deletedWith !== undefined && { from: plain(before.deletedWith) }),
      to: plain(after.deletedWith),
      lost: held,
    };
  }),
};
