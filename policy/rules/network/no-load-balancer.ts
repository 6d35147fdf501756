import { serviceType } from "../../cluster/service";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No Service gets an address of its own. */
export const noLoadBalancer: ResourceRule = {
  id: "network/no-load-balancer",
  title: "No Service gets an address of its own",
  why: "it is reached from the internet, past the router and TLS, and costs money",
  fix: "leave the type ClusterIP and publish a host instead",
  severity: "high",
  kinds: ["Service"],
  covers: ["network/load-balancer"],
  counterparts: {
    kubeLinter: ["exposed-services"],
    kyverno: ["no-loadbalancer-service"],
    gatekeeper: ["K8sBlockLoadBalancer"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    if (serviceType(resource) === "LoadBalancer") yield "its type is LoadBalancer";
  },
};
