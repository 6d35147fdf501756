import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No port of the node is taken. */
export const noHostPort: ResourceRule = {
  id: "pod-security/no-host-port",
  title: "No port of the node is taken",
  why: "the port is open to whoever reaches the node, and no second pod fits on it",
  fix: "take hostPort away and make a Service",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["pod-security/host-port"],
  counterparts: {
    checkov: ["CKV_K8S_26"],
    gatekeeper: ["K8sPSPHostNetworkingPorts"],
    kyverno: ["disallow-host-ports"],
    polaris: ["hostPortSet"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", ports = [] } of containersOf(resource)) {
      for (const { hostPort } of ports)
        if (hostPort) yield `container ${name} takes port ${hostPort} of its node`;
    }
  },
};
