import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { container, environmentFiles, type ContainerArgs } from "./container";
import { combinedChecksum } from "./files";
import { mountedFiles, volumes } from "./mounts";
import { objectLabels, type Site } from "./site";

/** Annotation that changes with the content of what the pod reads, and so restarts it (D11, D12). */
export const CHECKSUM_ANNOTATION = "packit.dev/config-checksum";

export interface PodArgs extends ContainerArgs {
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
   * there. @default any node
   */
  readonly besidePod?: string;
  /** `Never` for tasks, so that each try has a pod and a log of its own. @default "Always" */
  readonly restartPolicy?: "Never";
}

/** The pod template of a component: its containers, its identity, and what ties it to its configuration. */
export function podTemplate(component: string, args: PodArgs): k8s.types.input.core.v1.PodTemplateSpec {
  const { site, sidecars = {} } = args;
  const all = [args, ...Object.values(sidecars)];
  const mounts = all.flatMap((one) => one.mounts ?? []);
  const files = [...mountedFiles(mounts), ...all.flatMap(environmentFiles)];
  return {
    metadata: {
      labels: objectLabels(site, component),
      annotations: {
        ...(files.length > 0 && { [CHECKSUM_ANNOTATION]: combinedChecksum(files) }),
        // Lets the short `<stream>:<tag>` form be resolved in pods that no Deployment resolves it for.
        ...(all.some(({ image }) => image.trigger !== undefined) && {
          "alpha.image.policy.openshift.io/resolve-names": "*",
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
        ...site.platform.podIdentity,
      },
      ...(args.besidePod !== undefined && { affinity: sameNodeAs(args.besidePod) }),
      ...(args.spread && { topologySpreadConstraints: [spreadOverNodes(component)] }),
      containers: [
        container(args.containerName ?? component, args),
        ...Object.entries(sidecars).map(([name, sidecar]) => container(name, sidecar)),
      ],
      volumes: volumes(mounts),
    },
  };
}

function sameNodeAs(pod: string): k8s.types.input.core.v1.Affinity {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: "kubernetes.io/hostname",
          // A StatefulSet's controller gives each pod its name as a label.
          labelSelector: { matchLabels: { "statefulset.kubernetes.io/pod-name": pod } },
        },
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
