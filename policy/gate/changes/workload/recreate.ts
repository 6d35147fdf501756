import { DURABLE } from "../../../where";
import { kindOf, namespaceOf } from "../../kinds";
import type { Change, Plan } from "../../plan";
import { containersOf, podLabels, selects } from "../../pods";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, listAt, shown, textAt } from "../../values";

/** What users reach begins to be stopped before its successor runs. */
export const recreated: UnsafeChange = {
  id: "workload/recreate",
  title: "What serves users is replaced pod by pod",
  why: "with Recreate all pods are stopped first, and users get errors with every deployment",
  instead: "keep RollingUpdate; if two versions cannot run side by side, make the change in two steps",
  where: DURABLE,
  find: each(function* (change, plan) {
    const { before, after } = change;
    if (kindOf(change) !== "Deployment" || before === undefined || after === undefined) return;
    const from = textAt(before.inputs, "spec", "strategy", "type") ?? "RollingUpdate";
    const to = textAt(after.inputs, "spec", "strategy", "type") ?? "RollingUpdate";
    if (from === "Recreate" || to !== "Recreate" || !serves(change, plan)) return;
    yield {
      says: "all its pods are stopped before new ones start",
      from: shown(from),
      to,
      lost: "answers during each deployment",
    };
  }),
};

/** Whether a Service leads to its pods, or they at least have a port to lead to. */
function serves(change: Change, { changes, showsUnchanged }: Plan): boolean {
  const { after } = change;
  const led = changes.some(
    (other) =>
      kindOf(other) === "Service" &&
      namespaceOf(other.after) === namespaceOf(after) &&
      selects(at(other.after?.inputs, "spec", "selector"), podLabels(change, after)),
  );
  if (led || showsUnchanged) return led;
  return [...containersOf(change, after).values()].some((container) => listAt(container, "ports").length > 0);
}
