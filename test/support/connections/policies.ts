import type { Pods } from "../objects";
import { selects, type Labels, type Selector } from "../../../policy/cluster/selector";

/** Pods that may want to connect to others, or a block of addresses. */
export interface Endpoint {
  readonly name: string;
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** Absent where the pods are not of the stack's making. */
  readonly containers?: Pods["containers"];
}

/** A NetworkPolicy, as far as it is evaluated here. */
export interface Policy {
  readonly namespace: string;
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[];
    readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[];
  };
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

interface PolicyPort {
  readonly port?: number | string;
  readonly protocol?: string;
  readonly endPort?: number;
}

interface Rule {
  readonly namespace: string;
  readonly peers: readonly Peer[];
  readonly ports: readonly PolicyPort[];
}

/** Ports of the target that one side lets through; `any` where nothing closes them. */
export type OpenPorts = ReadonlySet<number> | "any";

/** Ports of `target` at which its own policies admit `source`. */
export function admitted(source: Endpoint, target: Endpoint, policies: readonly Policy[]): OpenPorts {
  const rules = rulesOver(target, policies, "Ingress");
  return rules === undefined ? "any" : openPorts(rules, source, target);
}

/** Ports of `target` that the policies of `source` let it reach. */
export function released(source: Endpoint, target: Endpoint, policies: readonly Policy[]): OpenPorts {
  const rules = rulesOver(source, policies, "Egress");
  return rules === undefined ? "any" : openPorts(rules, target, target);
}

/** The rules of all policies over an endpoint in one direction; undefined when none isolates it. */
function rulesOver(
  endpoint: Endpoint,
  policies: readonly Policy[],
  direction: "Ingress" | "Egress",
): readonly Rule[] | undefined {
  const isolating = policies.filter(
    ({ namespace, spec }) =>
      namespace === endpoint.namespace &&
      selects(spec.podSelector, endpoint.labels) &&
      (spec.policyTypes ?? ["Ingress", ...(spec.egress ? ["Egress"] : [])]).includes(direction),
  );
  if (isolating.length === 0) return undefined;
  return isolating.flatMap(({ namespace, spec: { ingress = [], egress = [] } }) =>
    direction === "Ingress"
      ? ingress.map(({ from = [], ports = [] }) => ({ namespace, peers: from, ports }))
      : egress.map(({ to = [], ports = [] }) => ({ namespace, peers: to, ports })),
  );
}

function openPorts(rules: readonly Rule[], peer: Endpoint, target: Endpoint): OpenPorts {
  const open = new Set<number>();
  for (const { namespace, peers, ports } of rules) {
    // No peers at all means everybody.
    if (peers.length > 0 && !peers.some((selector) => isPeer(selector, peer, namespace))) continue;
    if (ports.length === 0) return "any";
    // Only TCP is evaluated: UDP is there for resolving names alone.
    for (const port of ports) if (port.protocol !== "UDP") open.add(portNumber(port, target));
  }
  return open;
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, peer: Endpoint, home: string): boolean {
  if (ipBlock !== undefined) return peer.name === ipBlock.cidr;
  const namespaceFits =
    namespaceSelector === undefined
      ? peer.namespace === home
      : selects(namespaceSelector, peer.namespaceLabels);
  return namespaceFits && selects(podSelector ?? {}, peer.labels);
}

function portNumber({ port, protocol = "TCP", endPort }: PolicyPort, target: Endpoint): number {
  if (protocol !== "TCP" || endPort !== undefined || port === undefined)
    throw new Error("only single TCP ports are evaluated");
  if (typeof port === "number") return port;
  const named = (target.containers ?? [])
    .flatMap(({ ports = [] }) => ports)
    .find(({ name }) => name === port);
  if (named?.containerPort === undefined) throw new Error(`${target.name} has no port ${port}`);
  return named.containerPort;
}
