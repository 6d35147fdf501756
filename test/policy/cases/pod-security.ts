import * as k8s from "@pulumi/kubernetes";

import { capabilities } from "../../../policy/rules/pod-security/capabilities";
import { confined } from "../../../policy/rules/pod-security/confined";
import { constraints } from "../../../policy/rules/pod-security/constraints";
import { enforced } from "../../../policy/rules/pod-security/enforced";
import { hostNamespaces } from "../../../policy/rules/pod-security/host-namespaces";
import { noEscalation } from "../../../policy/rules/pod-security/no-escalation";
import { noHostPath } from "../../../policy/rules/pod-security/no-host-path";
import { noHostPort } from "../../../policy/rules/pod-security/no-host-port";
import { noSsh } from "../../../policy/rules/pod-security/no-ssh";
import { nonRoot } from "../../../policy/rules/pod-security/non-root";
import { notPrivileged } from "../../../policy/rules/pod-security/not-privileged";
import { procMount } from "../../../policy/rules/pod-security/proc-mount";
import { readOnlyRoot } from "../../../policy/rules/pod-security/read-only-root";
import { safeSysctls } from "../../../policy/rules/pod-security/safe-sysctls";
import { seccomp } from "../../../policy/rules/pod-security/seccomp";
import { systemUid } from "../../../policy/rules/pod-security/system-uid";
import { unprivilegedPorts } from "../../../policy/rules/pod-security/unprivileged-ports";
import type { Case } from "../cases";
import { containerWith, pods, podsWith, secured } from "../drafts";
import { metadata, withExtra } from "../extra";

const constrained = withExtra(
  () =>
    new k8s.apiextensions.CustomResource("restricted-v2", {
      apiVersion: "security.openshift.io/v1",
      kind: "SecurityContextConstraints",
      metadata: metadata("restricted-v2"),
    }),
);

export const podSecurityCases: readonly Case[] = [
  {
    rule: nonRoot,
    on: "Deployment/packit-service",
    bad: podsWith({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
    says: [
      "Deployment/packit-service: container packit-service may run as root",
      "Deployment/packit-service: container fluentd-sidecar may run as root",
    ],
  },
  {
    rule: nonRoot,
    on: "Deployment/packit-service",
    when: "as user 0",
    good: secured({ runAsUser: 1024 }),
    bad: secured({ runAsUser: 0 }),
    says: ["Deployment/packit-service: container packit-service runs as user 0"],
  },
  {
    rule: systemUid,
    on: "Deployment/packit-service",
    when: "with a small one",
    good: secured({ runAsUser: 1024 }),
    bad: secured({ runAsUser: 26 }),
    says: ["Deployment/packit-service: container packit-service runs as user 26"],
  },
  {
    rule: readOnlyRoot,
    on: "Deployment/packit-service",
    bad: secured({ readOnlyRootFilesystem: false }),
    says: ["Deployment/packit-service: container packit-service can write to its image's files"],
  },
  {
    rule: noEscalation,
    on: "Deployment/packit-service",
    bad: secured({ allowPrivilegeEscalation: undefined }),
    says: ["Deployment/packit-service: container packit-service allows privilege escalation"],
  },
  {
    rule: notPrivileged,
    on: "Deployment/packit-service",
    good: secured({ privileged: false }),
    bad: secured({ privileged: true }),
    says: ["Deployment/packit-service: container packit-service is privileged"],
  },
  {
    rule: capabilities,
    on: "Deployment/packit-service",
    when: "with some kept",
    bad: secured({ capabilities: { drop: ["NET_RAW"] } }),
    says: ["Deployment/packit-service: container packit-service does not drop all capabilities"],
  },
  {
    rule: capabilities,
    on: "Deployment/packit-service",
    when: "with one added",
    bad: secured({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
    says: ["Deployment/packit-service: container packit-service adds SYS_ADMIN"],
  },
  {
    rule: hostNamespaces,
    on: "Deployment/packit-service",
    good: podsWith({ hostNetwork: false }),
    bad: podsWith({ hostPID: true, hostIPC: true, hostNetwork: true }),
    says: [
      "Deployment/packit-service: its pods have hostPID",
      "Deployment/packit-service: its pods have hostIPC",
      "Deployment/packit-service: its pods have hostNetwork",
    ],
  },
  {
    rule: noHostPath,
    on: "Deployment/packit-service",
    bad: (draft) =>
      void (pods(draft).volumes as object[]).push({ name: "runtime", hostPath: { path: "/run/crio" } }),
    says: ["Deployment/packit-service: volume runtime is the node's /run/crio"],
  },
  {
    rule: noHostPort,
    on: "Deployment/packit-service",
    good: containerWith({ ports: [{ containerPort: 8443, hostPort: 0 }] }),
    bad: containerWith({ ports: [{ containerPort: 8443, hostPort: 8443 }] }),
    says: ["Deployment/packit-service: container packit-service takes port 8443 of its node"],
  },
  {
    rule: unprivilegedPorts,
    on: "Deployment/packit-service",
    good: containerWith({ ports: [{ containerPort: 1024 }] }),
    bad: containerWith({ ports: [{ containerPort: 443 }] }),
    says: ["Deployment/packit-service: container packit-service listens on 443"],
  },
  {
    rule: noSsh,
    on: "Deployment/packit-service",
    good: containerWith({ ports: [{ containerPort: 2222 }] }),
    bad: containerWith({ ports: [{ containerPort: 22 }] }),
    says: ["Deployment/packit-service: container packit-service listens on 22"],
  },
  {
    rule: seccomp,
    on: "Deployment/packit-service",
    when: "unconfined",
    good: secured({ seccompProfile: { type: "Localhost", localhostProfile: "web.json" } }),
    bad: secured({ seccompProfile: { type: "Unconfined" } }),
    says: ["Deployment/packit-service: container packit-service has the seccomp profile Unconfined"],
  },
  {
    rule: seccomp,
    on: "Deployment/packit-service",
    when: "without",
    bad: podsWith({ securityContext: { runAsNonRoot: true } }),
    says: [
      "Deployment/packit-service: container packit-service has no seccomp profile",
      "Deployment/packit-service: container fluentd-sidecar has no seccomp profile",
    ],
  },
  {
    rule: safeSysctls,
    on: "Deployment/packit-service",
    good: podsWith({ securityContext: { sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }] } }),
    bad: podsWith({ securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }),
    says: ["Deployment/packit-service: its pods set the sysctl kernel.msgmax"],
  },
  {
    rule: procMount,
    on: "Deployment/packit-service",
    good: secured({ procMount: "Default" }),
    bad: secured({ procMount: "Unmasked" }),
    says: ["Deployment/packit-service: container packit-service has an unmasked /proc"],
  },
  {
    rule: confined,
    on: "Deployment/packit-service",
    when: "with a type of its own",
    good: secured({ seLinuxOptions: { level: "s0:c1,c2" } }),
    bad: secured({ seLinuxOptions: { type: "spc_t" } }),
    says: ["Deployment/packit-service: container packit-service chooses its own SELinux context"],
  },
  {
    rule: confined,
    on: "Deployment/packit-service",
    when: "unconfined",
    good: secured({ appArmorProfile: { type: "RuntimeDefault" } }),
    bad: secured({ appArmorProfile: { type: "Unconfined" } }),
    says: ["Deployment/packit-service: container packit-service is not confined by AppArmor"],
  },
  {
    rule: enforced,
    on: "TenantNamespace/packit--prod",
    bad: ({ inputs }) => {
      delete inputs.metadata.labels["pod-security.kubernetes.io/enforce"];
    },
    says: ["TenantNamespace/packit--prod: it enforces no level of Pod Security"],
  },
  {
    rule: enforced,
    on: "TenantNamespace/packit--prod",
    when: "privileged pods",
    bad: ({ inputs }) => {
      inputs.metadata.labels["pod-security.kubernetes.io/enforce"] = "privileged";
    },
    says: ["TenantNamespace/packit--prod: it enforces privileged"],
  },
  {
    rule: constraints,
    on: "SecurityContextConstraints/restricted-v2",
    in: constrained,
    good: ({ inputs }) => (inputs.allowPrivilegedContainer = false),
    bad: ({ inputs }) => (inputs.allowPrivilegedContainer = true),
    says: ["SecurityContextConstraints/restricted-v2: it has allowPrivilegedContainer"],
  },
];
