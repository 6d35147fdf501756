import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** No constraint of OpenShift lets privileged pods in. */
export const constraints: ResourceRule = {
  id: "pod-security/constraints",
  title: "Security context constraints let no privileged container in",
  why: "every account that may use them owns the nodes",
  fix: "set allowPrivilegedContainer: false",
  severity: "critical",
  kinds: ["SecurityContextConstraints"],
  covers: ["pod-security/scc-privileged"],
  counterparts: { kubeLinter: ["scc-deny-privileged-container"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check({ inputs }) {
    for (const field of ["allowPrivilegedContainer", "allowHostPID", "allowHostIPC", "allowHostNetwork"]) {
      if (inputs[field] === true) yield `it has ${field}`;
    }
  },
};
