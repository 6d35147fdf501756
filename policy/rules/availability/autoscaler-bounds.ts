import type { Scaling } from "../../cluster/scaling";
import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** An autoscaler knows how few and how many. */
export const autoscalerBounds: ResourceRule = {
  id: "availability/autoscaler-bounds",
  title: "An autoscaler knows how few and how many",
  why: "it takes the whole quota, or leaves one pod at night",
  fix: "set minReplicas to 2 and maxReplicas above it",
  severity: "medium",
  kinds: ["HorizontalPodAutoscaler"],
  covers: ["availability/hpa-bounds"],
  counterparts: {
    kubeLinter: ["hpa-minimum-replicas"],
    kubeScore: ["horizontalpodautoscaler-replicas"],
    polaris: ["hpaMinAvailability", "hpaMaxAvailability"],
    gatekeeper: ["K8sHorizontalPodAutoscaler"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { minReplicas = 1, maxReplicas } = kubernetesObject(resource)?.spec as Scaling;
    if (minReplicas < 2) yield `it goes down to ${minReplicas}`;
    if (maxReplicas === undefined) yield "it goes up without a limit";
    else if (maxReplicas <= minReplicas) yield `it cannot go above ${minReplicas}`;
  },
};
