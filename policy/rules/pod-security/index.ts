import type { Area } from "../../rule";
import { capabilities } from "./capabilities";
import { confined } from "./confined";
import { constraints } from "./constraints";
import { enforced } from "./enforced";
import { hostNamespaces } from "./host-namespaces";
import { noEscalation } from "./no-escalation";
import { noHostPath } from "./no-host-path";
import { noHostPort } from "./no-host-port";
import { noSsh } from "./no-ssh";
import { nonRoot } from "./non-root";
import { notPrivileged } from "./not-privileged";
import { procMount } from "./proc-mount";
import { readOnlyRoot } from "./read-only-root";
import { safeSysctls } from "./safe-sysctls";
import { seccomp } from "./seccomp";
import { systemUid } from "./system-uid";
import { unprivilegedPorts } from "./unprivileged-ports";

/** What pods may do to their node. */
export const podSecurity: Area = {
  name: "pod-security",
  title: "What pods may do to their node",
  rules: [
    capabilities,
    confined,
    constraints,
    enforced,
    hostNamespaces,
    noEscalation,
    noHostPath,
    noHostPort,
    noSsh,
    nonRoot,
    notPrivileged,
    procMount,
    readOnlyRoot,
    safeSysctls,
    seccomp,
    systemUid,
    unprivilegedPorts,
  ],
};
