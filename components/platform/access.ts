import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { COMPONENT_LABEL, objectLabels, selectorLabels, siteLabels, type Site } from "./site";

/** Who may connect to a port: the pods of components of the same namespace, and the outside through the router. */
export interface Admission {
  readonly port: number;
  /** Components whose pods may connect. @default none */
  readonly components?: readonly string[];
  /** Let requests from outside in. @default false */
  readonly router?: boolean;
}

/** Whom a component's pods may connect to. */
export interface Reach {
  /** Port of the other side's pods, not of a Service in front of them. */
  readonly port: number;
  /** Components of the same namespace. @default anywhere, also outside the cluster */
  readonly components?: readonly string[];
  /** Networks, for example `10.0.0.0/16`. @default as `components` say */
  readonly networks?: readonly string[];
}

/** Ports at which names are resolved: the standard one, and that of the pods behind it on OpenShift. */
const DNS_PORTS = [53, 5353];

/**
 * Closes a component's pods to all connections but the admitted ones (D26, D64).
 * No admission at all closes them entirely; the kubelet's probes are not affected.
 *
 * @param reaches - Whom the pods may connect to, apart from resolving names. "nothing": nobody at all. Absent: everybody.
 */
export function admitOnly(
  component: string,
  site: Site,
  admissions: readonly Admission[],
  opts: pulumi.CustomResourceOptions,
  reaches?: readonly Reach[] | "nothing",
): k8s.networking.v1.NetworkPolicy {
  return new k8s.networking.v1.NetworkPolicy(
    component,
    {
      metadata: { name: component, namespace: site.namespace, labels: objectLabels(site, component) },
      spec: {
        podSelector: { matchLabels: selectorLabels(component) },
        policyTypes: reaches === undefined ? ["Ingress"] : ["Ingress", "Egress"],
        ingress: admissions.map((admission) => ({
          from: peers(site, admission),
          ports: [{ protocol: "TCP", port: admission.port }],
        })),
        ...(reaches !== undefined && {
          egress: reaches === "nothing" ? [] : [resolvesNames(), ...reaches.map(egress)],
        }),
      },
    },
    opts,
  );
}

/** Closes every pod of a namespace to and from everybody, unless a component's own policy opens it (S20). */
export function denyByDefault(
  site: Site,
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  const name = "deny-by-default";
  return new k8s.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name, namespace: site.namespace, labels: siteLabels(site) },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
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
  const pods = components.length === 0 ? [] : [podsOf(components)];
  return [...pods, ...(router ? [site.platform.router] : [])];
}

function podsOf(components: readonly string[]): k8s.types.input.networking.v1.NetworkPolicyPeer {
  const values = [...components].sort();
  return { podSelector: { matchExpressions: [{ key: COMPONENT_LABEL, operator: "In", values }] } };
}

function resolvesNames(): k8s.types.input.networking.v1.NetworkPolicyEgressRule {
  return { ports: DNS_PORTS.flatMap((port) => ["UDP", "TCP"].map((protocol) => ({ protocol, port }))) };
}

function egress(reach: Reach): k8s.types.input.networking.v1.NetworkPolicyEgressRule {
  const { port, components, networks = [] } = reach;
  const to = [
    ...(components ? [podsOf(components)] : []),
    ...networks.map((cidr) => ({ ipBlock: { cidr } })),
  ];
  return {
    ...(to.length > 0 && { to }),
    ports: [{ protocol: "TCP", port }],
  };
}
