import { SeenObjects } from "../../cluster/objects";
import { selects, type Selector } from "../../cluster/selector";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A ServiceMonitor selects a Service. */
export const monitorSelectsService: StackRule = {
  id: "network/monitor-selects-service",
  title: "A ServiceMonitor selects a Service",
  why: "nothing is measured, and no alarm goes off",
  fix: "give it the labels of a Service of the stack",
  severity: "low",
  kinds: ["ServiceMonitor"],
  covers: ["network/service-monitor"],
  counterparts: {
    kubeLinter: ["dangling-servicemonitor"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const { selector = {} } = objects.object(resource).spec as { readonly selector?: Selector };
    if (!objects.ofKind("Service").some(({ labels }) => selects(selector, labels)))
      yield "it selects no Service";
  },
};
