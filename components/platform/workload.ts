import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { admitOnly, type Admission } from "./access";
import { claimSpec } from "./claim";
import type { ContainerArgs } from "./container";
import { DISPOSABLE_ANNOTATION } from "./disposable";
import { triggerAnnotation } from "./image";
import { podTemplate } from "./pod";
import { objectLabels, selectorLabels, type Site } from "./site";

/** Seconds that a server has to end its open requests, Kubernetes' own default. */
const DEFAULT_GRACE_SECONDS = 30;

/** Seconds in which a new pod becomes ready, the provider's own patience. */
const START_SECONDS = 600;

/** A port of the component's Service. */
export interface ServicePort {
  readonly name: string;
  /** Port that clients use. */
  readonly port: number;
  /** Port of the pods. */
  readonly targetPort: number;
}

export interface WorkloadArgs extends ContainerArgs {
  readonly site: Site;
  /** @default "Deployment" */
  readonly kind?: "Deployment" | "StatefulSet";
  /** @default 1 */
  readonly replicas?: number;
  /**
   * How a new version takes over: `rolling` starts it before the old one ends, `recreate` after, for what must
   * never run twice. A StatefulSet always replaces one pod after the other.
   * @default "recreate"
   */
  readonly rollout?: "rolling" | "recreate";
  /** Time in seconds that a stopped pod has to finish its work. @default 30 */
  readonly graceSeconds?: number;
  /** What must be there before the pods, and goes after them. @default nothing */
  readonly after?: readonly pulumi.Resource[];
  /** Whether the pods call the API server and so get a token. @default false */
  readonly callsApi?: boolean;
  /** Ports under which others find it. A StatefulSet gets its headless Service without. */
  readonly service?: { readonly name?: string; readonly ports: readonly ServicePort[] };
  /** Who may connect. @default nobody */
  readonly admits?: readonly Admission[];
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
    const { site, replicas = 1 } = args;
    const child: pulumi.CustomResourceOptions = { parent: this };
    const metadata = { name: component, namespace: site.namespace, labels: objectLabels(site, component) };

    const account = new k8s.core.v1.ServiceAccount(
      component,
      { metadata, automountServiceAccountToken: false },
      child,
    );
    this.serviceAccount = account.metadata.name;
    const policy = admitOnly(component, site, args.admits ?? [], child);
    this.service = this.makeService(component, args);

    const template = podTemplate(component, {
      ...args,
      serviceAccount: this.serviceAccount,
      callsApi: args.callsApi ?? false,
      graceSeconds: args.graceSeconds ?? DEFAULT_GRACE_SECONDS,
      spread: replicas > 1,
    });
    const annotated = {
      ...metadata,
      annotations: {
        ...triggerAnnotation(args.image, component),
        ...(args.claimTemplates && { [DISPOSABLE_ANNOTATION]: "true" }),
      },
    };
    const selector = { matchLabels: selectorLabels(component) };
    const podsOptions = {
      ...child,
      dependsOn: [policy, ...(args.after ?? [])],
      customTimeouts: customTimeouts(args),
      ...imageOptions(args),
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
            volumeClaimTemplates: claimTemplates(component, args),
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
    this.registerOutputs({ service: this.service, serviceAccount: this.serviceAccount });
  }

  /** A StatefulSet without ports gets a headless Service all the same, for its pods' names (D04). */
  private makeService(component: string, args: WorkloadArgs): pulumi.Output<string> {
    const { site, service } = args;
    if (service === undefined && args.kind !== "StatefulSet") return pulumi.output(component);
    const name = service?.name ?? component;
    const object = new k8s.core.v1.Service(
      name,
      {
        metadata: {
          name,
          namespace: site.namespace,
          labels: objectLabels(site, component),
          // The pods come after it, so nothing can be behind it yet.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec:
          service === undefined
            ? { clusterIP: "None", selector: selectorLabels(component) }
            : {
                type: "ClusterIP",
                selector: selectorLabels(component),
                ports: service.ports.map((port) => ({ ...port, protocol: "TCP" })),
              },
      },
      { parent: this },
    );
    return object.metadata.name;
  }
}

/** New pods before the old ones go, for what serves users (D37); never two at once for the rest. */
function strategy(rollout: WorkloadArgs["rollout"]): k8s.types.input.apps.v1.DeploymentStrategy {
  return rollout === "rolling"
    ? { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
    : { type: "Recreate" };
}

/** Waits until old pods have finished their work (D13): a StatefulSet's one after the other, others' at once. */
function customTimeouts(args: WorkloadArgs): pulumi.CustomTimeouts {
  const { graceSeconds = DEFAULT_GRACE_SECONDS, replicas = 1 } = args;
  const turns = args.kind === "StatefulSet" ? Math.max(replicas, 1) : 1;
  const seconds = `${turns * (graceSeconds + START_SECONDS)}s`;
  return { update: seconds, delete: seconds };
}

/** A field that an image trigger controls is not fought over (D32). */
function imageOptions(args: WorkloadArgs): pulumi.CustomResourceOptions {
  return args.image.trigger === undefined
    ? {}
    : { ignoreChanges: ["spec.template.spec.containers[0].image"] };
}

function claimTemplates(
  component: string,
  args: WorkloadArgs,
): k8s.types.input.core.v1.PersistentVolumeClaim[] {
  return Object.entries(args.claimTemplates ?? {}).map(([name, storage]) => ({
    // Nothing here may ever change in a running cluster (D22), so only the immutable label.
    metadata: { name, labels: selectorLabels(component) },
    spec: claimSpec(args.site, storage),
  }));
}
