import { podSpecOf } from "../../kubernetes";
import { quantityOf } from "../../quantity";
import type { PolicyResource, PolicyStack } from "../../resource";
import type { StackRule } from "../../rule";
import { DURABLE } from "../../where";

/** What holds data is never killed for others. */
export const guaranteed: StackRule = {
  id: "resources/guaranteed",
  title: "What holds data has all its memory promised",
  why: "the kernel kills the database first when the node is short of memory (D16)",
  fix: "set the memory request to the limit",
  severity: "high",
  kinds: ["Deployment", "StatefulSet"],
  covers: ["resources/guaranteed"],
  counterparts: {
    kubeScore: ["container-resource-requests-equal-limits"],
    kyverno: ["memory-requests-equal-limits"],
  },
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    if (!mountsData(resource, stack)) return;
    const containers = podSpecOf(resource)?.containers ?? [];
    for (const { name = "", resources } of containers) {
      const { requests, limits } = resources ?? {};
      if (quantityOf(requests?.memory) !== quantityOf(limits?.memory))
        yield `container ${name} is promised ${requests?.memory ?? "no"} memory and may take ${limits?.memory ?? "any"}`;
    }
  },
};

/** Whether pods mount a claim that is protected for its data. */
function mountsData(resource: PolicyResource, { resources }: PolicyStack): boolean {
  const claims = (podSpecOf(resource)?.volumes ?? []).flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
  return resources.some(
    ({ type, name, protect }) => type.endsWith(":PersistentVolumeClaim") && protect && claims.includes(name),
  );
}
