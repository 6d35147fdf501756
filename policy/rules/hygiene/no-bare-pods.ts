import type { PolicyResource } from "../../resource";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Nobody makes pods by hand. */
export const noBarePods: ResourceRule = {
  id: "hygiene/no-bare-pods",
  title: "Nobody makes pods by hand",
  why: "when its node goes it does not come back",
  fix: "make a Deployment, a StatefulSet or a Job",
  severity: "medium",
  kinds: ["Pod", "ReplicaSet", "ReplicationController"],
  covers: ["hygiene/bare-pod"],
  counterparts: {
    kyverno: ["prevent-naked-pods"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    yield `nothing replaces a bare ${kindOf(resource)}`;
  },
};

function kindOf({ type }: PolicyResource): string {
  return type.slice(type.lastIndexOf(":") + 1);
}
