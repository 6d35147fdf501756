import { podSpecOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Pods keep to their own processes, memory and network. */
export const hostNamespaces: ResourceRule = {
  id: "pod-security/host-namespaces",
  title: "No namespace of the host is shared",
  why: "the pod sees the node's processes or its network, and no NetworkPolicy holds it",
  fix: "take hostPID, hostIPC and hostNetwork away",
  severity: "critical",
  kinds: POD_MAKERS,
  covers: ["pod-security/host-pid", "pod-security/host-ipc", "pod-security/host-network"],
  counterparts: {
    checkov: ["CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19"],
    gatekeeper: ["K8sPSPHostNamespace", "K8sPSPHostNetworkingPorts"],
    kubeLinter: ["host-pid", "host-ipc", "host-network"],
    kyverno: ["disallow-host-namespaces"],
    polaris: ["hostPIDSet", "hostIPCSet", "hostNetworkSet"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const pods = podSpecOf(resource);
    for (const field of ["hostPID", "hostIPC", "hostNetwork"] as const) {
      if (pods?.[field] === true) yield `its pods have ${field}`;
    }
  },
};
