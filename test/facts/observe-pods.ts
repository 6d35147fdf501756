import type { Container, PodSpec } from "../../policy/kubernetes";
import type { ClusterObject } from "../support/objects";
import type { Labels } from "../../policy/cluster/selector";
import type { ContainerFacts, PodFacts, Texts, WorkloadFacts } from "./model";
import { managed } from "./observe-managed";
import { mountTexts } from "./observe-mounts";
import { probeTexts } from "./observe-probes";

/** Stands for an account that no other workload has. */
const OWN = "its own";

/** What Kubernetes takes where a pod does not say. */
const DEFAULT_GRACE = 30;

export function workloadFacts({ kind, name, namespace, annotations, body }: ClusterObject): WorkloadFacts {
  const { spec } = body;
  const trigger = annotations["image.openshift.io/triggers"];
  const labels: Readonly<Record<string, string>> = spec.selector.matchLabels;
  return {
    ...podFacts(name, namespace, spec.template.spec),
    replicas: String(spec.replicas),
    strategy: strategyText(kind === "StatefulSet" ? spec.updateStrategy : spec.strategy),
    selector: Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(", "),
    ...(trigger !== undefined && { trigger: triggerText(trigger) }),
    ...(kind === "StatefulSet" && {
      serviceName: spec.serviceName,
      podManagement: spec.podManagementPolicy,
      claimTemplate: claimTemplates(spec.volumeClaimTemplates ?? []),
    }),
  };
}

/** The pods' facts: the container that stands first, and those beside it. */
export function podFacts(owner: string, namespace: string, spec: PodSpec): PodFacts {
  const { serviceAccountName = "default" } = spec;
  const [main, ...beside] = spec.containers ?? [];
  if (main === undefined) throw new Error("a pod without containers");
  return {
    namespace,
    account: serviceAccountName === owner ? OWN : serviceAccountName,
    token: (spec.automountServiceAccountToken ?? true) ? "mounted" : "not mounted",
    grace: `${spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE} s`,
    serviceLinks: (spec.enableServiceLinks ?? true) ? "yes" : "no",
    ...containerFacts(main, spec),
    ...(beside.length > 0 && {
      sidecar: Object.fromEntries(
        beside.map((container) => [container.name ?? "", containerFacts(container, spec)]),
      ),
    }),
  };
}

function containerFacts(container: Container, spec: PodSpec): ContainerFacts {
  const { name = "", image = "", command, args, env = [], ports = [], resources, lifecycle } = container;
  return {
    container: name,
    image,
    pull: container.imagePullPolicy ?? (/:(?!latest$)[^/]+$/.test(image) ? "IfNotPresent" : "Always"),
    ...(command !== undefined && { command: command.join(" ") }),
    ...(args !== undefined && { args: args.join(" ") }),
    ...(lifecycle?.preStop !== undefined && { preStop: (lifecycle.preStop.exec?.command ?? []).join(" ") }),
    port: Object.fromEntries(
      ports.map((port) => [`${port.containerPort ?? ""} ${port.protocol ?? "TCP"}`, "open"]),
    ),
    env: Object.fromEntries(env.map((variable) => [variable.name ?? "", envText(variable)])),
    mount: mountTexts(container, spec),
    request: { ...resources?.requests } as Texts,
    limit: { ...resources?.limits } as Texts,
    probe: probeTexts(container),
  };
}

type Variable = NonNullable<Container["env"]>[number];

function envText({ value = "", valueFrom }: Variable): string {
  const secret = valueFrom?.secretKeyRef;
  if (secret !== undefined) return `Secret ${secret.name ?? ""}/${secret.key ?? ""}`;
  return value === "" ? "empty" : value;
}

function strategyText(strategy: {
  readonly type: string;
  readonly rollingUpdate?: { readonly maxUnavailable?: number; readonly maxSurge?: number };
}): string {
  const { maxUnavailable, maxSurge } = strategy.rollingUpdate ?? {};
  const times = [
    ...(maxSurge === undefined ? [] : [`${maxSurge} more`]),
    ...(maxUnavailable === undefined ? [] : [`${maxUnavailable} less`]),
  ];
  return [strategy.type, ...times].join(", ");
}

/** The stream and tag of the one trigger, and which container's image it sets. */
function triggerText(annotation: string): string {
  const triggers = JSON.parse(annotation) as { from: { name: string }; fieldPath: string }[];
  return triggers
    .map(({ from, fieldPath }) => `${from.name} for ${/"([^"]+)"/.exec(fieldPath)?.[1] ?? fieldPath}`)
    .join(", ");
}

interface ClaimTemplate {
  readonly metadata: { readonly name: string; readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly resources: { readonly requests: { readonly storage: string } };
    readonly storageClassName?: string;
  };
}

function claimTemplates(templates: readonly ClaimTemplate[]): Texts {
  return Object.fromEntries(
    templates.map(({ metadata, spec: { accessModes, resources, storageClassName } }) => {
      const told = managed({ ...metadata.labels, ...metadata.annotations });
      const parts = [resources.requests.storage, ...accessModes, storageClassName, ...Object.values(told)];
      return [metadata.name, parts.filter((part) => part !== undefined).join(" ")];
    }),
  );
}
