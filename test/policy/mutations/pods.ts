import type { Draft } from "../real";
import { at, pick, ruleOf, type Mutation } from "./mutation";

/** Parts of a pod's spec, written freely. */
interface Pod {
  containers: Record<string, unknown>[];
  volumes?: object[];
  [field: string]: unknown;
}

/** The pods that a draft makes. */
function podOf({ inputs }: Draft): Pod {
  return (inputs.spec.jobTemplate?.spec.template.spec ?? inputs.spec.template.spec) as Pod;
}

/** Breaks a container by replacing some of its fields. */
function container(id: string, what: string, fields: readonly object[], to?: Mutation["to"]): Mutation {
  return {
    rule: ruleOf(id),
    what,
    ...(to && { to }),
    change: (draft, choice) =>
      Object.assign(pick(podOf(draft).containers, choice), pick(fields, Math.floor(choice / 7))),
  };
}

/** Breaks what a container may do, field by field. */
function secured(id: string, what: string, fields: readonly object[]): Mutation {
  return {
    rule: ruleOf(id),
    what,
    change: (draft, choice) => {
      const one = pick(podOf(draft).containers, choice);
      one.securityContext = { ...(one.securityContext as object), ...pick(fields, Math.floor(choice / 7)) };
    },
  };
}

/** Breaks the pod itself. */
function pod(id: string, what: string, fields: readonly object[]): Mutation {
  return {
    rule: ruleOf(id),
    what,
    change: (draft, choice) => Object.assign(podOf(draft), pick(fields, choice)),
  };
}

/** Adds a volume. */
function volume(id: string, what: string, volumes: readonly object[]): Mutation {
  return {
    rule: ruleOf(id),
    what,
    change: (draft, choice) => {
      const pods = podOf(draft);
      pods.volumes = [...(pods.volumes ?? []), { name: "added", ...pick(volumes, choice) }];
    },
  };
}

const AMOUNTS = { cpu: "1", memory: "64Mi" };
const PROBE = { httpGet: { path: "/", port: 1 } };

function makesPods(resource: Parameters<typeof at>[0]): boolean {
  return at(resource, "spec.template") !== undefined || at(resource, "spec.jobTemplate") !== undefined;
}

export const podMutations: readonly Mutation[] = [
  container(
    "images/no-latest",
    "runs latest",
    [{ image: "quay.io/packit/web" }, { image: "quay.io/packit/web:latest" }],
    makesPods,
  ),
  container("images/pull-policy", "is never pulled", [
    { imagePullPolicy: "Never" },
    { imagePullPolicy: undefined },
  ]),
  container("images/registries", "comes from somewhere", [{ image: "example.org/web:1" }], makesPods),
  container("resources/limits", "takes what it gets", [
    { resources: undefined },
    { resources: { requests: AMOUNTS } },
    { resources: { limits: AMOUNTS } },
    { resources: { requests: AMOUNTS, limits: { cpu: "1" } } },
  ]),
  container("resources/bounds", "asks for more than it may have", [
    { resources: { requests: { cpu: "2", memory: "64Mi" }, limits: AMOUNTS } },
    { resources: { requests: { cpu: "1", memory: "much" }, limits: AMOUNTS } },
  ]),
  container("resources/ratio", "may take far more than it is promised", [
    { resources: { requests: { memory: "1Mi" }, limits: { memory: "1Gi" } } },
  ]),
  volume("resources/scratch-limits", "fills the node's disk", [
    { emptyDir: {} },
    { emptyDir: { medium: "Memory" } },
  ]),
  container("probes/liveness", "is never restarted", [{ livenessProbe: undefined }]),
  container("probes/readiness", "is always ready", [{ readinessProbe: undefined }]),
  container("probes/port", "is asked where nobody answers", [
    { readinessProbe: PROBE },
    { livenessProbe: PROBE },
    { startupProbe: PROBE },
  ]),
  container("probes/patience", "is restarted when it is only busy", [
    { livenessProbe: { exec: { command: ["a"] } }, readinessProbe: { exec: { command: ["a"] } } },
  ]),
  secured("pod-security/capabilities", "may do more", [
    { capabilities: undefined },
    { capabilities: { drop: ["NET_RAW"] } },
    { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } },
  ]),
  secured("pod-security/confined", "is not confined", [
    { seLinuxOptions: { type: "spc_t" } },
    { appArmorProfile: { type: "Unconfined" } },
  ]),
  secured("pod-security/no-escalation", "may become root", [
    { allowPrivilegeEscalation: true },
    { allowPrivilegeEscalation: undefined },
  ]),
  secured("pod-security/non-root", "is root", [{ runAsNonRoot: false }, { runAsUser: 0 }]),
  secured("pod-security/not-privileged", "is privileged", [{ privileged: true }]),
  secured("pod-security/proc-mount", "sees the node's processes", [{ procMount: "Unmasked" }]),
  secured("pod-security/seccomp", "may call anything", [{ seccompProfile: { type: "Unconfined" } }]),
  pod("pod-security/host-namespaces", "is in the node", [
    { hostPID: true },
    { hostIPC: true },
    { hostNetwork: true },
  ]),
  pod("pod-security/safe-sysctls", "sets the kernel", [
    { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } },
  ]),
  volume("pod-security/no-host-path", "sees the node's files", [
    { hostPath: { path: "/" } },
    { hostPath: { path: "/var/run/docker.sock" } },
  ]),
  container("pod-security/no-host-port", "listens on the node", [
    { ports: [{ containerPort: 8080, hostPort: 8080 }] },
  ]),
  container("pod-security/no-ssh", "lets people log in", [{ ports: [{ containerPort: 22 }] }]),
  container("pod-security/unprivileged-ports", "listens where only root may", [
    { ports: [{ containerPort: 80 }] },
  ]),
  pod("identity/own-account", "is anybody", [
    { serviceAccountName: undefined },
    { serviceAccountName: "default" },
  ]),
  pod("identity/account-exists", "is somebody who is not there", [{ serviceAccountName: "nobody" }]),
  container("secrets/env-literal", "shows a password", [
    { env: [{ name: "DB_PASSWORD", value: "hunter42" }] },
    { env: [{ name: "API_TOKEN", value: "hunter42" }] },
  ]),
];
