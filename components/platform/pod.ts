import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { container, environmentFiles, type ContainerArgs } from "./container";
import { combinedChecksum } from "./files";
import { mountedFiles, volumes } from "./mounts";
import { objectLabels, type Site } from "./site";
import { WRITABLE_ROOT_ANNOTATION } from "./writable-root";

/** Annotation that changes with the content of what the pod reads, and so restarts it (D11, D12). */
export const CHECKSUM_ANNOTATION = "packit.dev/config-checksum";

/** What is special about the pods of some components. */
export interface PodTraits {
  /** Containers that run one after the other, each to its end, before the rest start, by name. @default none */
  readonly init?: Readonly<Record<string, InitContainerArgs>>;
  /** Who the pods run as. @default whom the platform says */
  readonly identity?: PodIdentity;
  /** Let the containers see each other's processes. @default false */
  readonly shareProcesses?: boolean;
  /** Let the containers listen on ports below 1024, which only root may otherwise. @default false */
  readonly lowPorts?: boolean;
  /**
   * Name of a volume that only one node at a time can have: all pods that name it run on the same node. Whichever is
   * first chooses the node, so that none of them waits for another one. @default any node
   */
  readonly together?: string;
}

/** A container that runs to its end. */
export type InitContainerArgs = Omit<ContainerArgs, "probes" | "ports" | "udpPorts" | "preStop">;

/** A user of the image, for pods that need one of a certain number. */
export interface PodIdentity {
  readonly uid: number;
  /** Also the group of the volumes' files. */
  readonly gid: number;
}

/** Label that pods of one volume share, see {@link PodTraits.together}. */
export const TOGETHER_LABEL = "packit.dev/shares-volume";

export interface PodArgs extends ContainerArgs, PodTraits {
  readonly site: Site;
  readonly serviceAccount: pulumi.Input<string>;
  /** Mount the account's token: only for pods that call the API server. */
  readonly callsApi: boolean;
  /** Time in seconds that a stopped pod has to finish its work. */
  readonly graceSeconds: number;
  /** Spread the pods over nodes, where there are several of them. */
  readonly spread: boolean;
  /** Name of the container itself. @default the component's */
  readonly containerName?: string;
  /** Further containers, by name. @default none */
  readonly sidecars?: Readonly<Record<string, ContainerArgs>>;
  /**
   * Name of a StatefulSet's pod on whose node this one must run: a volume that only one node at a time can have is
   * there. The StatefulSet's controller gives each pod its name as a label. @default any node
   */
  readonly besidePod?: string;
  /** `Never` for tasks, so that each try has a pod and a log of its own. @default "Always" */
  readonly restartPolicy?: "Never";
}

/** The pod template of a component: its containers, its identity, and what ties it to its configuration. */
export function podTemplate(component: string, args: PodArgs): k8s.types.input.core.v1.PodTemplateSpec {
  const { site, sidecars = {}, init = {}, together } = args;
  const all = [args, ...Object.values(sidecars), ...Object.values(init)];
  const mounts = all.flatMap((one) => one.mounts ?? []);
  const files = [...mountedFiles(mounts), ...all.flatMap(environmentFiles)];
  const containers = { [args.containerName ?? component]: args, ...sidecars, ...init };
  const writable = Object.entries(containers).filter(([, one]) => one.readOnlyRoot === false);
  return {
    metadata: {
      labels: {
        ...objectLabels(site, component),
        ...(together !== undefined && { [TOGETHER_LABEL]: together }),
      },
      annotations: {
        ...(files.length > 0 && { [CHECKSUM_ANNOTATION]: combinedChecksum(files) }),
        // Lets the short `<stream>:<tag>` form be resolved in pods that no Deployment resolves it for.
        ...(all.some(({ image }) => image.trigger !== undefined) && {
          "alpha.image.policy.openshift.io/resolve-names": "*",
        }),
        ...(writable.length > 0 && {
          [WRITABLE_ROOT_ANNOTATION]: writable.map(([name]) => name).join(","),
        }),
      },
    },
    spec: {
      serviceAccountName: args.serviceAccount,
      automountServiceAccountToken: args.callsApi,
      // Services appear as environment variables otherwise, and FLOWER_PORT is one that Flower reads.
      enableServiceLinks: false,
      ...(args.restartPolicy !== undefined && { restartPolicy: args.restartPolicy }),
      terminationGracePeriodSeconds: args.graceSeconds,
      ...(site.platform.priorityClass !== undefined && { priorityClassName: site.platform.priorityClass }),
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
        ...(args.identity === undefined ? site.platform.podIdentity : identified(args.identity)),
        // One of the few that Pod Security's strictest level allows.
        ...(args.lowPorts === true && {
          sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
        }),
      },
      ...(args.shareProcesses === true && { shareProcessNamespace: true }),
      ...(args.besidePod !== undefined && {
        affinity: sameNodeAs({ "statefulset.kubernetes.io/pod-name": args.besidePod }),
      }),
      ...(together !== undefined && { affinity: sameNodeAs({ [TOGETHER_LABEL]: together }) }),
      ...(args.spread && { topologySpreadConstraints: [spreadOverNodes(component)] }),
      ...(Object.keys(init).length > 0 && {
        initContainers: Object.entries(init).map(([name, one]) => container(name, one)),
      }),
      containers: [
        container(args.containerName ?? component, args),
        ...Object.entries(sidecars).map(([name, sidecar]) => container(name, sidecar)),
      ],
      volumes: volumes(mounts),
    },
  };
}

function identified({ uid, gid }: PodIdentity): k8s.types.input.core.v1.PodSecurityContext {
  // Volumes of any size would be walked through at each start otherwise.
  return { runAsUser: uid, runAsGroup: gid, fsGroup: gid, fsGroupChangePolicy: "OnRootMismatch" };
}

function sameNodeAs(matchLabels: Readonly<Record<string, string>>): k8s.types.input.core.v1.Affinity {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels } },
      ],
    },
  };
}

function spreadOverNodes(component: string): k8s.types.input.core.v1.TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { component } },
  };
}
