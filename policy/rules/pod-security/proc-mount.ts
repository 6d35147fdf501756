import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** The runtime hides what it hides. */
export const procMount: ResourceRule = {
  id: "pod-security/proc-mount",
  title: "/proc is masked as the runtime does it",
  why: "unmasked, it lets a container change the node's kernel",
  fix: "take procMount away",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["pod-security/proc-mount"],
  counterparts: {
    gatekeeper: ["K8sPSPProcMount"],
    kubeLinter: ["unsafe-proc-mount"],
    kyverno: ["disallow-proc-mount"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", securityContext } of containersOf(resource)) {
      if ((securityContext?.procMount ?? "Default") !== "Default")
        yield `container ${name} has an unmasked /proc`;
    }
  },
};
