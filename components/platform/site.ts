import * as pulumi from "@pulumi/pulumi";

import type { HostCertificate } from "./certificate";
import type { Platform } from "./platform";

/** Where a component's objects go, and what they all have in common. */
export interface Site {
  /** What the cluster can do and how it does it. */
  readonly platform: Platform;
  /** Namespace of the objects. An output, so that they wait for it. */
  readonly namespace: pulumi.Input<string>;
  /** The stack's name, for example `dev-pr-614`. */
  readonly instance: string;
  /** Whether objects that hold data refuse to be deleted and outlive the stack (staging and production). */
  readonly durable: boolean;
  /** Certificate of the hosts whose TLS ends in the router. @default the router's own */
  readonly certificate?: HostCertificate;
}

/** The label that says which stack an object belongs to. */
export const INSTANCE_LABEL = "app.kubernetes.io/instance";

/** The label that selectors use; immutable in a running cluster, so it keeps its old form. */
export const COMPONENT_LABEL = "component";

/** Labels of an object of one component. One set for every kind, so that cost and quota reports add up (D36). */
export function objectLabels(site: Site, component: string): Record<string, string> {
  return { ...selectorLabels(component), ...siteLabels(site), "app.kubernetes.io/name": component };
}

/** Labels of an object that belongs to no single component. */
export function siteLabels(site: Pick<Site, "instance" | "platform">): Record<string, string> {
  return {
    ...site.platform.labels,
    [INSTANCE_LABEL]: site.instance,
    "app.kubernetes.io/part-of": "packit",
    "app.kubernetes.io/managed-by": "pulumi",
  };
}

/** The labels by which Deployments, Services and NetworkPolicies find a component's pods. */
export function selectorLabels(component: string): Record<string, string> {
  return { [COMPONENT_LABEL]: component };
}

/** Options of an object that holds data: in a durable site it is protected and kept when the stack goes. */
export function durableOptions(site: Site): pulumi.CustomResourceOptions {
  return site.durable ? { protect: true, retainOnDelete: true } : {};
}
