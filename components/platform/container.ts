import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Files } from "./files";
import type { ContainerImage } from "./image";
import { volumeMounts, type Mount } from "./mounts";

type Probe = k8s.types.input.core.v1.Probe;

/** A value of an environment variable: plain, or one key of a Secret. */
export type EnvValue = pulumi.Input<string> | SecretKey;

export interface SecretKey {
  readonly from: Files;
  readonly key: string;
}

/** CPU and memory as Kubernetes quantities, for example `200m` and `512Mi`. */
export interface Amounts {
  readonly cpu: string;
  readonly memory: string;
  /** Scratch space on the node. @default not counted */
  readonly ephemeralStorage?: string;
}

export interface Resources {
  /** What the scheduler keeps free. */
  readonly requests: Amounts;
  /** What the container may not exceed. */
  readonly limits: Amounts;
}

/** How the kubelet learns whether a container can take work and whether it is alive (D09). */
export interface Probes {
  readonly readiness: Probe;
  readonly liveness: Probe;
  /** Holds the other two back while a slow start lasts. */
  readonly startup?: Probe;
}

export interface ContainerArgs {
  readonly image: ContainerImage;
  /** @default the image's own entry point */
  readonly command?: readonly string[];
  readonly args?: readonly pulumi.Input<string>[];
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** TCP ports that the container listens on, by name. */
  readonly ports?: Readonly<Record<string, number>>;
  /** UDP ports that the container listens on, by name. */
  readonly udpPorts?: Readonly<Record<string, number>>;
  /** Not for tasks, which end by themselves. */
  readonly probes?: Probes;
  /** Runs in the container, within the grace time, before it is told to stop. @default nothing */
  readonly preStop?: readonly string[];
  readonly resources: Resources;
  readonly mounts?: readonly Mount[];
  /** Given only where the image writes into its own root, with the reason in a comment. @default true */
  readonly readOnlyRoot?: boolean;
}

/** The container object of a pod. */
export function container(name: string, args: ContainerArgs): k8s.types.input.core.v1.Container {
  return {
    name,
    image: args.image.reference,
    imagePullPolicy: args.image.pullPolicy ?? "IfNotPresent",
    ...(args.command && { command: [...args.command] }),
    ...(args.args && { args: [...args.args] }),
    ...(args.env && { env: Object.entries(args.env).map(([key, value]) => envVar(key, value)) }),
    ...((args.ports ?? args.udpPorts) && {
      ports: [...containerPorts("TCP", args.ports), ...containerPorts("UDP", args.udpPorts)],
    }),
    ...(args.probes && {
      readinessProbe: args.probes.readiness,
      livenessProbe: args.probes.liveness,
      ...(args.probes.startup && { startupProbe: args.probes.startup }),
    }),
    ...(args.preStop && { lifecycle: { preStop: { exec: { command: [...args.preStop] } } } }),
    resources: { requests: quantities(args.resources.requests), limits: quantities(args.resources.limits) },
    volumeMounts: volumeMounts(args.mounts ?? []),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: args.readOnlyRoot ?? true,
    },
  };
}

function containerPorts(
  protocol: "TCP" | "UDP",
  ports: Readonly<Record<string, number>> = {},
): k8s.types.input.core.v1.ContainerPort[] {
  return Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort, protocol }));
}

function quantities({ cpu, memory, ephemeralStorage }: Amounts): Record<string, string> {
  return { cpu, memory, ...(ephemeralStorage !== undefined && { "ephemeral-storage": ephemeralStorage }) };
}

/** The Secrets that a container's environment reads. */
export function environmentFiles(args: ContainerArgs): Files[] {
  return Object.values(args.env ?? {}).flatMap((value) => (isSecretKey(value) ? [value.from] : []));
}

function envVar(name: string, value: EnvValue): k8s.types.input.core.v1.EnvVar {
  if (!isSecretKey(value)) return { name, value };
  return { name, valueFrom: { secretKeyRef: { name: value.from.ref, key: value.key } } };
}

function isSecretKey(value: EnvValue): value is SecretKey {
  return typeof value === "object" && "from" in value && "key" in value;
}
