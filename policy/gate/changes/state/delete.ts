import { DURABLE } from "../../../where";
import { heldBy, isNamespace } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";

/** Something that holds data is deleted, or would be if its protection did not hold. */
export const statefulDeleted: UnsafeChange = {
  id: "state/delete",
  title: "Nothing that holds data is deleted",
  why: "what it holds cannot be made again, and Kubernetes asks nobody",
  instead:
    "leave it in the program until its data has been moved and saved; then set retainOnDelete, deploy, and take it out",
  where: DURABLE,
  find: each(function* (change) {
    const { action, before } = change;
    const held = heldBy(change, before);
    if (action !== "delete" || before === undefined || held === undefined || isNamespace(change)) return;
    // Somebody has released it, and what it holds stays in the cluster.
    if (before.retainOnDelete && !before.protect) return;
    yield {
      says: before.retainOnDelete ? "it is protected, and taken out of the stack" : "it is deleted",
      from: "there",
      to: "gone",
      lost: before.retainOnDelete ? "nothing yet: it stays, without anybody who cares for it" : held,
    };
  }),
};
