import { backendsOf } from "../../cluster/exposed";
import { known } from "../../cluster/known";
import { SeenObjects } from "../../cluster/objects";
import { portsOf } from "../../cluster/service";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A Route or Ingress leads to a port of a Service. */
export const exposedServiceExists: StackRule = {
  id: "network/exposed-service-exists",
  title: "A Route or Ingress leads to a port of a Service",
  why: "users get an error page of the router",
  fix: "name a Service of the same namespace and one of its ports",
  severity: "high",
  kinds: ["Ingress", "Route"],
  covers: ["network/ingress-service"],
  counterparts: {
    kubeLinter: ["dangling-ingress"],
    kubeScore: ["ingress-targets-service"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const objects = SeenObjects.of(stack);
    const exposed = objects.object(resource);
    for (const { service: name, port, isPort } of backendsOf(exposed)) {
      const service = objects.beside(exposed, "Service", name);
      if (service === undefined) yield `there is no Service ${name} in its namespace`;
      else if (port !== undefined && !(known(() => portsOf(service).some(isPort)) ?? true))
        yield `Service ${name} has no port ${port}`;
    }
  },
};
