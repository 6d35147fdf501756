import { holdsData, isDisposable } from "../../holds-data";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** What holds data is not deleted before its replacement is there. */
export const notDeletedFirst: ResourceRule = {
  id: "state/not-deleted-first",
  title: "What holds data is not deleted before its replacement is there",
  why: "when a field changes that cannot be updated, the data is gone first",
  fix: "leave deleteBeforeReplace out",
  severity: "critical",
  kinds: "all",
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    if (!holdsData(resource) || isDisposable(resource)) return;
    if (resource.deleteBeforeReplace === true) yield "it is deleted before its replacement is there";
  },
};
