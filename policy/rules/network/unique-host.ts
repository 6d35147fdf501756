import { hostsOf } from "../../cluster/exposed";
import { known } from "../../cluster/known";
import { SeenObjects } from "../../cluster/objects";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A host is published once. */
export const uniqueHost: StackRule = {
  id: "network/unique-host",
  title: "A host is published once",
  why: "two answer in turn, or the second is ignored without a word",
  fix: "give each Route or Ingress a host of its own",
  severity: "high",
  kinds: ["Ingress", "Route"],
  covers: ["network/unique-host"],
  counterparts: {
    gatekeeper: ["K8sUniqueIngressHost"],
    kyverno: ["unique-ingress-host-and-path"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const exposed = objects.object(resource);
    const own = hostsOf(exposed);
    const others = objects.ofKind("Route", "Ingress").filter((other) => other !== exposed);
    for (const host of own) {
      const twice = own.filter((one) => one === host).length > 1;
      const other = twice ? exposed : others.find((one) => known(() => hostsOf(one))?.includes(host));
      if (other !== undefined) yield `${other.kind}/${other.name} publishes ${host} too`;
    }
  },
};
