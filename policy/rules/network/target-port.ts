import { SeenObjects } from "../../cluster/objects";
import { carries } from "../../cluster/selector";
import { listensOn, portsOf, selectorOf } from "../../cluster/service";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A Service's ports lead to ports of its pods. */
export const targetPort: StackRule = {
  id: "network/target-port",
  title: "A Service's ports lead to ports of its pods",
  why: "connections are refused although the pods are ready",
  fix: "name a port that the pods' containers have",
  severity: "high",
  kinds: ["Service"],
  covers: ["network/target-port"],
  counterparts: {
    kubeLinter: ["invalid-target-ports"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const service = objects.object(resource);
    const selector = selectorOf(service);
    if (selector === undefined) return;
    const selected = objects.podsBeside(service, (labels) => carries(labels, selector));
    for (const { port, targetPort = port } of portsOf(service)) {
      if (targetPort === undefined) continue;
      for (const pods of selected)
        if (!listensOn(pods, targetPort)) yield `the pods of ${pods.owner.name} have no port ${targetPort}`;
    }
  },
};
