import type { Scaling } from "../../cluster/scaling";
import { SeenObjects } from "../../cluster/objects";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** An autoscaler scales something of the stack. */
export const autoscalerTarget: StackRule = {
  id: "availability/autoscaler-target",
  title: "An autoscaler scales something of the stack",
  why: "nothing is scaled when the load comes",
  fix: "name a workload of the same namespace",
  severity: "medium",
  kinds: ["HorizontalPodAutoscaler"],
  covers: ["availability/hpa-target"],
  counterparts: {
    kubeLinter: ["dangling-horizontalpodautoscaler"],
    kubeScore: ["horizontalpodautoscaler-has-target"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const autoscaler = objects.object(resource);
    const { scaleTargetRef: { kind = "", name = "" } = {} } = autoscaler.spec as Scaling;
    if (objects.beside(autoscaler, kind, name) === undefined)
      yield `there is no ${kind} ${name} in its namespace`;
  },
};
