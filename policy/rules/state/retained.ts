import { isDisposable } from "../../holds-data";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** Data outlives its stack. */
export const retained: ResourceRule = {
  id: "state/retained",
  title: "Data outlives its stack",
  why: "whoever takes the protection away and destroys the stack loses it the same minute",
  fix: "make the volume through the platform's claim, which keeps it",
  severity: "critical",
  kinds: ["PersistentVolume", "PersistentVolumeClaim"],
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    if (isDisposable(resource) || resource.retainOnDelete === undefined) return;
    if (!resource.retainOnDelete) yield "it is deleted for good when it leaves the stack";
  },
};
