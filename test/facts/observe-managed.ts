import type { ClusterObject } from "../support/objects";
import type { Labels } from "../../policy/cluster/selector";
import { NO_LABELS } from "../support/no-labels";
import type { ManagedFacts, Texts } from "./model";

/** Labels and annotations that the managed platform reads. */
const MANAGED = [
  "app-code",
  "service-phase",
  "cost-center",
  "paas.redhat.com/appcode",
  "shard",
  "kubernetes.io/reclaimPolicy",
];

/** What an object tells the managed platform. */
export function managedFacts({ kind, labels, annotations, body }: ClusterObject): ManagedFacts {
  const isWorkload = kind === "Deployment" || kind === "StatefulSet";
  return {
    label: managed(labels),
    annotation: managed(annotations),
    ...(isWorkload && { podLabel: managed(body.spec.template.metadata.labels ?? NO_LABELS) }),
  };
}

/** Those of the labels that the managed platform reads. */
export function managed(labels: Labels): Texts {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => MANAGED.includes(name)));
}
