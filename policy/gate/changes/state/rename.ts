import { DURABLE } from "../../../where";
import { displayName, heldBy, namespaceOf, objectName } from "../../kinds";
import type { Change, Plan } from "../../plan";
import type { Problem, UnsafeChange } from "../../unsafe-change";
import { isSecret, same } from "../../values";

/** A resource is deleted and the same is made under another name. */
export const renamed: UnsafeChange = {
  id: "state/rename",
  title: "A resource that gets another name or parent says which it was",
  why: "the engine takes it for two: it makes the new one, then deletes the old one, which can be the same object",
  instead: "give the new resource the old one as alias: { aliases: [{ name: … }] } or [{ parent: … }]",
  where: DURABLE,
  *find(plan: Plan): Iterable<Problem> {
    const created = plan.changes.filter(({ action }) => action === "create");
    for (const change of plan.changes) {
      if (change.action !== "delete") continue;
      const twin = created.find(
        (candidate) => candidate.type === change.type && isSameThing(change, candidate),
      );
      if (twin === undefined) continue;
      yield {
        change,
        says: "it is deleted, and the same is made under another name without an alias",
        from: displayName(change),
        to: displayName(twin),
        lost: heldBy(change, change.before) ?? "the object, until the next deployment makes it again",
      };
    }
  },
};

/** One object of the cluster, or one whose fields are the same apart from its name. */
function isSameThing(old: Change, made: Change): boolean {
  const [one, other] = [old.before, made.after];
  if (one === undefined || other === undefined || !old.type.includes("/")) return false;
  // Resources that have no object of their own: random values, keys.
  if (Object.keys(one.inputs).length === 0) return false;
  const name = objectName(one);
  if (name !== undefined && name === objectName(other) && namespaceOf(one) === namespaceOf(other))
    return true;
  return same(essence(one.inputs), essence(other.inputs)) && heldBy(old, one) !== undefined;
}

/** Inputs without what names them. Hidden ones say nothing. */
function essence(inputs: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(inputs).filter(([key, value]) => key !== "metadata" && !isSecret(value)),
  );
}
