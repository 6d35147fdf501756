import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Containers have no capability. */
export const capabilities: ResourceRule = {
  id: "pod-security/capabilities",
  title: "All capabilities are dropped and none is added",
  why: "NET_RAW alone lets a container pose as another one",
  fix: 'set capabilities: { drop: ["ALL"] } and add nothing',
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["pod-security/capabilities"],
  counterparts: {
    checkov: ["CKV_K8S_25", "CKV_K8S_28", "CKV_K8S_37", "CKV_K8S_39"],
    gatekeeper: ["K8sPSPCapabilities"],
    kubeLinter: ["drop-net-raw-capability"],
    kyverno: ["disallow-capabilities", "disallow-capabilities-strict", "require-drop-all"],
    polaris: ["insecureCapabilities", "dangerousCapabilities"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", securityContext } of containersOf(resource)) {
      const { drop = [], add = [] } = securityContext?.capabilities ?? {};
      if (!drop.includes("ALL")) yield `container ${name} does not drop all capabilities`;
      if (add.length > 0) yield `container ${name} adds ${add.join(", ")}`;
    }
  },
};
