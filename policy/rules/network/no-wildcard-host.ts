import { hostsOf } from "../../cluster/exposed";
import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A published host is one host. */
export const noWildcardHost: ResourceRule = {
  id: "network/no-wildcard-host",
  title: "A published host is one host",
  why: "it answers for names that belong to other stacks",
  fix: "name the host in full",
  severity: "high",
  kinds: ["Ingress", "Route"],
  covers: ["network/wildcard-host"],
  counterparts: {
    gatekeeper: ["K8sBlockWildcardIngress"],
    kyverno: ["restrict-ingress-wildcard", "disallow-empty-ingress-host"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object?.kind !== "Ingress" && object?.kind !== "Route") return;
    const hosts = hostsOf(object);
    if (hosts.length === 0 || hosts.includes("")) yield "it has no host, and so answers for all";
    for (const host of hosts) if (host.includes("*")) yield `it answers for ${host}`;
    const { wildcardPolicy } = object.spec as { readonly wildcardPolicy?: string };
    if (wildcardPolicy === "Subdomain") yield "it answers for all hosts below its own";
  },
};
