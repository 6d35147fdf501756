import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { COMPONENT_LABEL, objectLabels, selectorLabels, type Site } from "./site";

/** Who may connect to a port: the pods of components of the same namespace, and the outside through the router. */
export interface Admission {
  readonly port: number;
  /** Components whose pods may connect. @default none */
  readonly components?: readonly string[];
  /** Let requests from outside in. @default false */
  readonly router?: boolean;
}

/**
 * Closes a component's pods to all connections but the admitted ones (D26, D64).
 * No admission at all closes them entirely; the kubelet's probes are not affected.
 */
export function admitOnly(
  component: string,
  site: Site,
  admissions: readonly Admission[],
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  return new k8s.networking.v1.NetworkPolicy(
    component,
    {
      metadata: { name: component, namespace: site.namespace, labels: objectLabels(site, component) },
      spec: {
        podSelector: { matchLabels: selectorLabels(component) },
        policyTypes: ["Ingress"],
        ingress: admissions.map((admission) => ({
          from: peers(site, admission),
          ports: [{ protocol: "TCP", port: admission.port }],
        })),
      },
    },
    opts,
  );
}

function peers(site: Site, admission: Admission): k8s.types.input.networking.v1.NetworkPolicyPeer[] {
  const { components = [], router = false } = admission;
  if (components.length === 0 && !router) {
    // An empty list of peers would mean everybody.
    throw new Error(`the admission to port ${admission.port} names neither components nor the router`);
  }
  const pods =
    components.length === 0
      ? []
      : [
          {
            podSelector: {
              matchExpressions: [{ key: COMPONENT_LABEL, operator: "In", values: [...components].sort() }],
            },
          },
        ];
  return [...pods, ...(router ? [site.platform.router] : [])];
}
