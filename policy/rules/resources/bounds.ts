import { containersOf, POD_MAKERS } from "../../kubernetes";
import { quantityOf } from "../../quantity";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A request is at most its limit, and both are quantities. */
export const bounds: ResourceRule = {
  id: "resources/bounds",
  title: "Requests are quantities within the limits",
  why: "the API server refuses the pod, and nothing of it runs",
  fix: "write both like 512Mi or 200m, the request no larger than the limit",
  severity: "high",
  kinds: POD_MAKERS,
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", resources = {} } of containersOf(resource)) {
      for (const [kind, request] of Object.entries(resources.requests ?? {})) {
        const limit = resources.limits?.[kind];
        const [low, high] = [quantityOf(request), quantityOf(limit)];
        if (request !== undefined && low === undefined)
          yield `container ${name} requests ${request} of ${kind}`;
        if (limit !== undefined && high === undefined)
          yield `container ${name} is limited to ${limit} of ${kind}`;
        if (low !== undefined && high !== undefined && low > high)
          yield `container ${name} requests ${request} of ${kind} and is limited to ${limit}`;
      }
    }
  },
};
