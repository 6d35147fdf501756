import { podSpecOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Those that the Pod Security Standards allow at every level. */
const SAFE: ReadonlySet<string> = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_syncookies",
]);

/** No parameter of the node's kernel is changed. */
export const safeSysctls: ResourceRule = {
  id: "pod-security/safe-sysctls",
  title: "Only sysctls that stay in the pod",
  why: "others change the node for all its pods",
  fix: "take it away, or use one that Kubernetes calls safe",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["pod-security/sysctls"],
  counterparts: {
    gatekeeper: ["K8sPSPForbiddenSysctls"],
    kubeLinter: ["unsafe-sysctls"],
    kyverno: ["restrict-sysctls"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "" } of podSpecOf(resource)?.securityContext?.sysctls ?? []) {
      if (!SAFE.has(name)) yield `its pods set the sysctl ${name}`;
    }
  },
};
