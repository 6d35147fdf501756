import { podSpecOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Nothing of the node is mounted. */
export const noHostPath: ResourceRule = {
  id: "pod-security/no-host-path",
  title: "No folder of the node is mounted",
  why: "one folder is enough to take the node over, the container runtime's socket alone too",
  fix: "mount a claim, a ConfigMap, a Secret or scratch space",
  severity: "critical",
  kinds: POD_MAKERS,
  covers: ["pod-security/host-path", "pod-security/writable-host-mount", "pod-security/container-socket"],
  counterparts: {
    checkov: ["CKV_K8S_27"],
    gatekeeper: ["K8sPSPHostFilesystem"],
    kubeLinter: ["sensitive-host-mounts", "writable-host-mount", "docker-sock"],
    kyverno: ["disallow-host-path", "disallow-container-sock-mounts"],
    polaris: ["hostPathSet"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", hostPath } of podSpecOf(resource)?.volumes ?? []) {
      if (hostPath !== undefined) yield `volume ${name} is the node's ${hostPath.path ?? ""}`;
    }
  },
};
