import { DURABLE } from "../../../where";
import { displayName } from "../../kinds";
import type { Plan } from "../../plan";
import type { Problem, UnsafeChange } from "../../unsafe-change";

/** Protection is turned off, or passed over, in a deployment that deletes. */
export const unprotectedAndDeleted: UnsafeChange = {
  id: "state/unprotect-and-delete",
  title: "Protection is not turned off in the deployment that deletes",
  why: "protection is worth something only while releasing and deleting are two decisions, each looked at by itself",
  instead: "release it in one deployment and delete it in the next; leave --ignore-protect away",
  where: DURABLE,
  *find({ changes, refused }: Plan): Iterable<Problem> {
    for (const change of changes) {
      const { action, before, after } = change;
      if (before?.protect !== true) continue;
      const goes = action === "delete" || action === "replace";
      // The engine would have refused it, with an error, unless it was told not to.
      if (goes && !refused && after?.protect !== false)
        yield {
          change,
          says: "it is protected and goes all the same: --ignore-protect is at work",
          lost: "the resource",
        };
      else if (action === "replace" && after?.protect === false)
        yield {
          change,
          says: "its protection is turned off and it is replaced in one go",
          lost: "the old resource",
        };
      else if (
        after?.protect === false &&
        changes.some((other) => depends(other.before?.parent, change.urn, other.action))
      )
        yield {
          change,
          says: "its protection is turned off while what belongs to it is deleted",
          from: "protected",
          to: "unprotected",
          lost: displayName(change),
        };
    }
  },
};

function depends(parent: string | undefined, urn: string, action: string): boolean {
  return parent === urn && action === "delete";
}
