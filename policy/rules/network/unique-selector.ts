import { known } from "../../cluster/known";
import { sameNamespace, SeenObjects, type SeenObject } from "../../cluster/objects";
import { selectorOf } from "../../cluster/service";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No two Services select the same pods. */
export const uniqueSelector: StackRule = {
  id: "network/unique-selector",
  title: "No two Services select the same pods",
  why: "one of them was meant for others, and sends its requests to the wrong pods",
  fix: "give each Service the labels of its own component",
  severity: "medium",
  kinds: ["Service"],
  covers: ["network/unique-selector"],
  counterparts: {
    gatekeeper: ["K8sUniqueServiceSelector"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const service = objects.object(resource);
    const own = keyOf(service);
    if (own === undefined) return;
    for (const other of objects.ofKind("Service")) {
      if (other === service || !sameNamespace(other, service)) continue;
      if (known(() => keyOf(other)) === own) yield `Service ${other.name} selects the same pods`;
    }
  },
};

function keyOf(service: SeenObject): string | undefined {
  const selector = selectorOf(service);
  return selector && JSON.stringify(Object.entries(selector).sort());
}
