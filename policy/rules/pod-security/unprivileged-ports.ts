import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Its own rule refuses it. */
const SSH = 22;

/** Containers listen where no right is needed. */
export const unprivilegedPorts: ResourceRule = {
  id: "pod-security/unprivileged-ports",
  title: "Containers listen on ports from 1024 on",
  why: "the process needs a capability or root to listen there",
  fix: "listen on a port from 1024 on; the Service may keep the small one",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["pod-security/privileged-port"],
  counterparts: { kubeLinter: ["privileged-ports"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", ports = [] } of containersOf(resource)) {
      for (const { containerPort = 0 } of ports) {
        if (containerPort < 1024 && containerPort !== SSH)
          yield `container ${name} listens on ${containerPort}`;
      }
    }
  },
};
