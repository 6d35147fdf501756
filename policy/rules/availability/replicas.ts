import { isPublished } from "../../cluster/exposed";
import { SeenObjects } from "../../cluster/objects";
import { isTiedToVolume } from "../../cluster/volumes";
import type { StackRule } from "../../rule";

/** What users reach runs twice. */
export const replicas: StackRule<{ minimum: number; singletons: readonly string[] }> = {
  id: "availability/replicas",
  title: "What users reach runs twice",
  why: "while its one pod moves to another node, users and forges get errors",
  fix: "give it two replicas in the settings",
  severity: "medium",
  kinds: ["Deployment", "StatefulSet"],
  covers: ["availability/replicas"],
  counterparts: {
    kubeLinter: ["minimum-three-replicas"],
    kubeScore: ["deployment-replicas"],
    polaris: ["deploymentMissingReplicas"],
    kyverno: ["require-multiple-replicas"],
    gatekeeper: ["K8sReplicaLimits"],
  },
  configuration: {
    minimum: { description: "Replicas that it has at least.", default: 2 },
    singletons: {
      description: "Workloads for those who run the stack, who can wait for a minute.",
      default: ["redis-commander", "resalloc"],
    },
  },
  holdsIn: ["prod"],
  enforcement: "mandatory",
  *checkInStack(resource, stack, { minimum, singletons }) {
    const objects = SeenObjects.of(stack);
    const workload = objects.object(resource);
    if (singletons.includes(workload.name) || !isPublished(workload, objects)) return;
    if (isTiedToVolume(workload, objects)) return;
    const { replicas = 1 } = workload.spec as { readonly replicas?: number };
    if (replicas < minimum) yield `it is reached from outside and has ${replicas} of ${minimum} replicas`;
  },
};
