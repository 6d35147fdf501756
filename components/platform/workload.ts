import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { admitOnly, type Admission, type Reach } from "./access";
import { claimSpec } from "./claim";
import type { ContainerArgs, Probes } from "./container";
import { DISPOSABLE_ANNOTATION } from "./disposable";
import { triggerAnnotations, type ContainerImage } from "./image";
import { HTTPS_SERVICE_PORT } from "./platform";
import { podTemplate, type PodTraits } from "./pod";
import { DEFAULT_GRACE_SECONDS, type Rollout, rolloutTimeouts, strategy } from "./rollout";
import { serviceFor, type ServicePort } from "./service";
import { objectLabels, selectorLabels, type Site } from "./site";

/** A host under which the outside reaches the pods, which hold its certificate. */
export interface Published {
  readonly host: string;
  /** Name of the Service's port, which a Route refers to. */
  readonly portName: string;
  /** Port of the pods that takes TLS. */
  readonly targetPort: number;
}

export interface WorkloadArgs extends ContainerArgs, PodTraits {
  readonly site: Site;
  readonly probes: Probes;
  /** @default "Deployment" */
  readonly kind?: "Deployment" | "StatefulSet";
  /** @default 1 */
  readonly replicas?: number;
  /** How a new version takes over. @default "recreate" */
  readonly rollout?: Rollout;
  /** Time in seconds that a stopped pod has to finish its work. @default 30 */
  readonly graceSeconds?: number;
  /** What must be there before the pods, and goes after them. @default nothing */
  readonly after?: readonly pulumi.Resource[];
  /** Whether the pods call the API server and so get a token. @default false */
  readonly callsApi?: boolean;
  /** Ports under which others find it. @default no Service, but for a StatefulSet a headless one */
  readonly service?: readonly ServicePort[];
  /** Makes it reachable from outside. @default it is not */
  readonly published?: Published;
  /** Who may connect. @default nobody */
  readonly admits?: readonly Admission[];
  /** Whom the pods may connect to, apart from resolving names; "nothing": nobody at all. @default everybody */
  readonly reaches?: readonly Reach[] | "nothing";
  /**
   * Name of the container, where running pods have another than the component's: under a new name it would be a
   * second container of an adopted object. @default the component's name
   */
  readonly containerName?: string;
  /** Further containers of the pods, by name. @default none */
  readonly sidecars?: Readonly<Record<string, ContainerArgs>>;
  /**
   * Claim templates of a StatefulSet, by volume name: the size in the template, which can never change. For caches
   * alone, which can be made again; data belongs in a claim of its own.
   */
  readonly claimTemplates?: Readonly<Record<string, string>>;
}

/**
 * A long-running component: its pods and what belongs to them (own account, Service, NetworkPolicy,
 * disruption budget). The one place where workloads get labels, identity, security context, checksum and rollout.
 */
export class Workload extends pulumi.ComponentResource {
  /** Name of the Service; also its host name within the namespace. */
  readonly service: pulumi.Output<string>;
  /** Name of the service account. */
  readonly serviceAccount: pulumi.Output<string>;

  /** @param component - Name of all objects and value of the selector label. */
  constructor(component: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:platform:Workload", component, {}, opts);
    const { site, replicas = 1, graceSeconds = DEFAULT_GRACE_SECONDS, published } = args;
    const child: pulumi.CustomResourceOptions = { parent: this };
    const metadata = { name: component, namespace: site.namespace, labels: objectLabels(site, component) };

    const account = new k8s.core.v1.ServiceAccount(
      component,
      { metadata, automountServiceAccountToken: false },
      child,
    );
    this.serviceAccount = account.metadata.name;
    const policy = admitOnly(component, site, admissions(args), child, args.reaches);
    const ports = servicePorts(args);
    this.service =
      ports.length > 0 || args.kind === "StatefulSet"
        ? serviceFor(component, site, ports, child)
        : pulumi.output(component);

    const template = podTemplate(component, {
      ...args,
      serviceAccount: this.serviceAccount,
      callsApi: args.callsApi ?? false,
      graceSeconds,
      spread: replicas > 1,
    });
    const annotated = {
      ...metadata,
      annotations: {
        ...triggerAnnotations(imagesOf(component, args)),
        ...(args.claimTemplates && { [DISPOSABLE_ANNOTATION]: "true" }),
      },
    };
    const selector = { matchLabels: selectorLabels(component) };
    const podsOptions = {
      ...child,
      dependsOn: [policy, ...(args.after ?? [])],
      customTimeouts: rolloutTimeouts(args.kind === "StatefulSet" ? replicas : 1, graceSeconds),
      ...imageOptions(imagesOf(component, args)),
    };
    if (args.kind === "StatefulSet") {
      new k8s.apps.v1.StatefulSet(
        component,
        {
          metadata: annotated,
          spec: {
            replicas,
            selector,
            serviceName: component,
            template,
            podManagementPolicy: "OrderedReady",
            updateStrategy: { type: "RollingUpdate" },
            volumeClaimTemplates: claimTemplates(args),
          },
        },
        podsOptions,
      );
    } else {
      new k8s.apps.v1.Deployment(
        component,
        { metadata: annotated, spec: { replicas, selector, strategy: strategy(args.rollout), template } },
        podsOptions,
      );
    }
    if (replicas > 1) {
      new k8s.policy.v1.PodDisruptionBudget(
        component,
        { metadata, spec: { maxUnavailable: 1, selector, unhealthyPodEvictionPolicy: "AlwaysAllow" } },
        child,
      );
    }
    if (published !== undefined) {
      const { host, portName: name } = published;
      const port = { name, number: HTTPS_SERVICE_PORT };
      site.platform.expose(component, { site, host, service: this.service, port }, child);
    }
    this.registerOutputs({ service: this.service, serviceAccount: this.serviceAccount });
  }
}

function servicePorts({ service = [], published }: WorkloadArgs): ServicePort[] {
  if (published === undefined) return [...service];
  const { portName: name, targetPort } = published;
  return [...service, { name, port: HTTPS_SERVICE_PORT, targetPort }];
}

function admissions({ admits = [], published }: WorkloadArgs): Admission[] {
  return [...admits, ...(published === undefined ? [] : [{ port: published.targetPort, router: true }])];
}

/** Image of each container, in the order of the pod's containers. */
function imagesOf(component: string, args: WorkloadArgs): Record<string, ContainerImage> {
  const { containerName = component, image, sidecars = {} } = args;
  const others = Object.entries(sidecars).map(([name, sidecar]) => [name, sidecar.image] as const);
  return { [containerName]: image, ...Object.fromEntries(others) };
}

/** A field that an image trigger controls is not fought over (D32). */
function imageOptions(images: Readonly<Record<string, ContainerImage>>): pulumi.CustomResourceOptions {
  const ignoreChanges = Object.values(images).flatMap(({ trigger }, index) =>
    trigger === undefined ? [] : [`spec.template.spec.containers[${index}].image`],
  );
  return ignoreChanges.length === 0 ? {} : { ignoreChanges };
}

function claimTemplates(args: WorkloadArgs): k8s.types.input.core.v1.PersistentVolumeClaim[] {
  return Object.entries(args.claimTemplates ?? {}).map(([name, storage]) => ({
    // Nothing here may ever change in a running cluster (D22), so it is what running clusters have.
    metadata: {
      name,
      labels: args.site.platform.claimTemplateLabels,
      annotations: args.site.platform.claimAnnotations,
    },
    spec: claimSpec(args.site, storage),
  }));
}
