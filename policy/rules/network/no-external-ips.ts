import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No Service claims addresses of its own. */
export const noExternalIps: ResourceRule = {
  id: "network/no-external-ips",
  title: "No Service claims addresses of its own",
  why: "with them it takes over other people's connections (CVE-2020-8554)",
  fix: "leave externalIPs out",
  severity: "high",
  kinds: ["Service"],
  covers: ["network/external-ips"],
  counterparts: {
    kyverno: ["restrict-external-ips"],
    gatekeeper: ["K8sExternalIPs"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object?.kind !== "Service") return;
    const { externalIPs = [] } = object.spec as { readonly externalIPs?: readonly string[] };
    if (externalIPs.length > 0) yield `it claims ${externalIPs.join(", ")}`;
  },
};
