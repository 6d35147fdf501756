import { isPublished } from "../../cluster/exposed";
import { SeenObjects } from "../../cluster/objects";
import { isTiedToVolume } from "../../cluster/volumes";
import type { StackRule } from "../../rule";
import { DURABLE } from "../../where";

/** What users reach is replaced pod by pod. */
export const rolling: StackRule<{ singletons: readonly string[] }> = {
  id: "availability/rolling",
  title: "What users reach is replaced pod by pod",
  why: "each deployment is an outage (D37)",
  fix: 'set the rollout to "rolling" with no pod unavailable',
  severity: "high",
  kinds: ["DaemonSet", "Deployment", "StatefulSet"],
  covers: ["availability/rolling"],
  counterparts: {
    kubeLinter: ["no-rolling-update-strategy"],
  },
  configuration: {
    singletons: {
      description: "Workloads for those who run the stack, who can wait for a minute.",
      default: ["redis-commander", "resalloc"],
    },
  },
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *checkInStack(resource, stack, { singletons }) {
    const objects = SeenObjects.of(stack);
    const workload = objects.object(resource);
    if (singletons.includes(workload.name) || !isPublished(workload, objects)) return;
    if (isTiedToVolume(workload, objects)) return;
    const { strategy = {}, updateStrategy = {} } = workload.spec as {
      readonly strategy?: Strategy;
      readonly updateStrategy?: Strategy;
    };
    for (const { type = "RollingUpdate", rollingUpdate } of [strategy, updateStrategy]) {
      if (type !== "RollingUpdate") yield `it is reached from outside, and its strategy is ${type}`;
      const { maxUnavailable } = rollingUpdate ?? {};
      if (maxUnavailable === "100%" || maxUnavailable === workload.spec.replicas)
        yield "all its pods may be away at once";
    }
  },
};

interface Strategy {
  readonly type?: string;
  readonly rollingUpdate?: { readonly maxUnavailable?: number | string };
}
