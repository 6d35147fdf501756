import { isNamespace, kindOf } from "../../kinds";
import type { Change, Plan } from "../../plan";
import { containersOf } from "../../pods";
import type { Problem, UnsafeChange } from "../../unsafe-change";
import { at, entriesAt } from "../../values";

/** A test instance would stay for ever, or take whatever it likes. */
export const testInstanceUnlimited: UnsafeChange = {
  id: "tenancy/test-limits",
  title: "A test instance has an end, a quota and limits",
  why: "nobody takes it down, and it takes from the environments what they need",
  instead: "leave its ttl, quota and resources to the defaults, or make them smaller",
  where: ["test"],
  *find({ changes }: Plan): Iterable<Problem> {
    const quotas = changes.some((change) => kindOf(change) === "ResourceQuota" && change.after !== undefined);
    const made = changes.find((change) => isNamespace(change) && change.action === "create");
    if (made !== undefined && !quotas)
      yield { change: made, says: "it is made without a quota", to: "no quota" };
    for (const change of changes) {
      const kind = kindOf(change) ?? "";
      if (["ResourceQuota", "LimitRange"].includes(kind)) yield* unbound(change);
      if (isNamespace(change)) yield* endless(change);
      const known = containersOf(change, change.before);
      for (const [name, container] of containersOf(change, change.after)) {
        if (known.has(name) || at(container, "resources", "limits") !== undefined) continue;
        yield { change, says: `container ${name} comes without limits`, to: "no limits" };
      }
    }
  },
};

function* unbound(change: Change): Iterable<Problem> {
  if (change.action === "delete") yield { change, says: "it is deleted", from: "bounds", to: "none" };
  if (change.after === undefined) return;
  for (const [what, bound] of entriesAt(change.before?.inputs, "spec", "hard")) {
    if (at(change.after.inputs, "spec", "hard", what) === undefined)
      yield { change, says: `it no longer bounds ${what}`, from: String(bound), to: "nothing" };
  }
}

/** When an instance may be taken down is written on its namespace. */
function* endless(change: Change): Iterable<Problem> {
  if (change.after === undefined) return;
  for (const [key, value] of entriesAt(change.before?.inputs, "metadata", "annotations")) {
    if (!/(?:ttl|expires?(?:-?at)?)$/i.test(key)) continue;
    if (at(change.after.inputs, "metadata", "annotations", key) === undefined)
      yield { change, says: "its end is taken away", from: String(value), to: "no end" };
  }
}
