import { containersOf, POD_MAKERS } from "../../kubernetes";
import { quantityOf } from "../../quantity";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** What a container may take is not much more than what it is promised. */
export const ratio: ResourceRule<{ most: number }> = {
  id: "resources/ratio",
  title: "Limits of memory are near the requests",
  why: "a node takes more pods than it has memory for, and kills some of them when all work at once",
  fix: "raise requests.memory of the component in the settings, or lower limits.memory",
  severity: "low",
  kinds: POD_MAKERS,
  covers: ["resources/ratio"],
  counterparts: { gatekeeper: ["K8sContainerRatios"], kubeScore: ["container-resources"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  configuration: {
    most: { description: "Times the request that a limit of memory may be.", default: 16 },
  },
  *check(resource, { most }) {
    for (const { name = "", resources } of containersOf(resource)) {
      const request = quantityOf(resources?.requests?.memory);
      const limit = quantityOf(resources?.limits?.memory);
      if (request !== undefined && limit !== undefined && limit > most * request)
        yield `container ${name} may take ${(limit / request).toFixed(1)} times the memory that it is promised`;
    }
  },
};
