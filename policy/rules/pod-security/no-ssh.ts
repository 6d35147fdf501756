import { containersOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Nobody logs in to a container. */
export const noSsh: ResourceRule = {
  id: "pod-security/no-ssh",
  title: "No container offers SSH",
  why: "logins leave no trace in the cluster's audit log, and keys outlive their owners",
  fix: "use kubectl exec",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["pod-security/ssh-port"],
  counterparts: { kubeLinter: ["ssh-port"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", ports = [] } of containersOf(resource)) {
      if (ports.some(({ containerPort }) => containerPort === 22)) yield `container ${name} listens on 22`;
    }
  },
};
