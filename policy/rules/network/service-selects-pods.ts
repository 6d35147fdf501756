import { SeenObjects } from "../../cluster/objects";
import { carries } from "../../cluster/selector";
import { selectorOf } from "../../cluster/service";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A Service selects pods. */
export const serviceSelectsPods: StackRule = {
  id: "network/service-selects-pods",
  title: "A Service selects pods",
  why: "requests to it fail at once, and nothing says why",
  fix: "give it the labels of the pods that answer, or take it away",
  severity: "high",
  kinds: ["Service"],
  covers: ["network/service-selects"],
  counterparts: {
    kubeLinter: ["dangling-service"],
    kubeScore: ["service-targets-pod"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const service = objects.object(resource);
    if (service.spec.type === "ExternalName") return;
    const selector = selectorOf(service);
    if (selector === undefined) yield "it has no selector";
    else if (objects.podsBeside(service, (labels) => carries(labels, selector)).length === 0)
      yield "it selects no pods of its namespace";
  },
};
