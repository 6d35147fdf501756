import { DURABLE } from "../../../where";
import { isNamespace } from "../../kinds";
import { each, type UnsafeChange } from "../../unsafe-change";

/** A namespace is deleted or replaced. */
export const namespaceDeleted: UnsafeChange = {
  id: "state/namespace",
  title: "No namespace is deleted",
  why: "everything inside goes with it: claims that are protected or kept, and objects that no stack knows",
  instead: "keep the namespace; to move, deploy a second environment beside it and move the data first",
  where: DURABLE,
  find: each(function* (change) {
    if (!isNamespace(change) || (change.action !== "delete" && change.action !== "replace")) return;
    yield {
      says:
        change.action === "delete" ? "the namespace is deleted" : "the namespace is deleted and made anew",
      lost: "everything in the namespace, protected claims too",
    };
  }),
};
