import { serviceType } from "../../cluster/service";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No Service is open on the nodes. */
export const noNodePort: ResourceRule = {
  id: "network/no-node-port",
  title: "No Service is open on the nodes",
  why: "every node's address leads to it, past the router, TLS and the firewall",
  fix: "leave the type ClusterIP and publish a host instead",
  severity: "high",
  kinds: ["Service"],
  covers: ["network/node-port"],
  counterparts: {
    kubeLinter: ["exposed-services"],
    kubeScore: ["service-type"],
    kyverno: ["restrict-nodeport"],
    gatekeeper: ["K8sBlockNodePort"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    if (serviceType(resource) === "NodePort") yield "its type is NodePort";
  },
};
