import { holdsData, isDisposable } from "../../holds-data";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** What holds data goes with nothing else. */
export const notDeletedWith: ResourceRule = {
  id: "state/not-deleted-with",
  title: "What holds data goes with nothing else",
  why: "it is gone, without a word in the preview, with whatever it is tied to",
  fix: "leave deletedWith out",
  severity: "critical",
  kinds: "all",
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    if (!holdsData(resource) || isDisposable(resource) || resource.deletedWith === undefined) return;
    yield `it counts as deleted with ${resource.deletedWith.name}`;
  },
};
