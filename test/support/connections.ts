import { INSTANCE_LABEL } from "../../components/platform/site";
import { admitted, released, type Endpoint, type OpenPorts, type Policy } from "./connections/policies";
import type { ClusterObjects } from "./objects";
import type { Labels } from "../../policy/cluster/selector";
import { NO_LABELS } from "./no-labels";

/** A connection that the NetworkPolicies let through. */
export interface Connection {
  /** Name of a workload, {@link ROUTER}, {@link ELSEWHERE}, a namespace without workloads, or a block of addresses. */
  readonly from: string;
  /** Name of a workload, or a namespace without workloads. */
  readonly to: string;
  /** `any` where nothing closes the pods' ports. */
  readonly port: number | "any";
}

/** The pods that pass on requests from outside the cluster. */
export const ROUTER = "router";

/** Pods of other namespaces, whatever labels they give themselves. */
export const ELSEWHERE = "elsewhere";

const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** Labels of the namespaces in which OpenShift's router and ingress-nginx run. */
const ROUTER_LABELS: Labels = {
  [NAMESPACE_NAME]: "ingress-nginx",
  "network.openshift.io/policy-group": "ingress",
};

/** All connections that are open between the workloads of a stack, and to them from outside; in a fixed order. */
export function openConnections(objects: ClusterObjects): Connection[] {
  const policies = objects
    .ofKind("NetworkPolicy")
    .map(({ namespace, body }) => ({ namespace, spec: body.spec as Policy["spec"] }));
  const inside = endpoints(objects);
  const sources = [...inside, ...inside.map(impostor), router(), ...addressBlocks(policies)];
  const found = new Map<string, Connection>();
  for (const to of inside) {
    for (const from of sources) {
      for (const port of both(admitted(from, to, policies), released(from, to, policies))) {
        const connection = { from: from.name, to: to.name, port };
        found.set(JSON.stringify(connection), connection);
      }
    }
  }
  return inOrder([...found.values()]);
}

/** Connections sorted by target, port and source. */
export function inOrder(connections: readonly Connection[]): Connection[] {
  const key = ({ from, to, port }: Connection): string => `${to} ${port} ${from}`;
  return [...connections].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The pods of every workload, and unnamed ones of namespaces in which others make them. */
function endpoints(objects: ClusterObjects): Endpoint[] {
  const workloads = objects.pods.map(({ owner, namespace, labels, containers }) => ({
    name: owner.name,
    namespace,
    namespaceLabels: namespaceLabels(objects, namespace),
    labels,
    containers,
  }));
  const taken = new Set(workloads.map(({ namespace }) => namespace));
  const inside = objects.all.filter(({ kind, namespace }) => namespace !== "" && kind !== "TenantNamespace");
  const namespaces = new Set(inside.map(({ namespace }) => namespace));
  const empty = [...namespaces].filter((namespace) => !taken.has(namespace));
  return [
    ...workloads,
    ...empty.map((namespace) => ({
      name: namespace,
      namespace,
      namespaceLabels: namespaceLabels(objects, namespace),
      labels: NO_LABELS,
    })),
  ];
}

function namespaceLabels(objects: ClusterObjects, name: string): Labels {
  return { ...objects.namespace(name)?.labels, [NAMESPACE_NAME]: name };
}

/** Pods that look like these in another instance's namespace. */
function impostor(endpoint: Endpoint): Endpoint {
  const { namespaceLabels: labels } = endpoint;
  return {
    ...endpoint,
    name: ELSEWHERE,
    namespace: ELSEWHERE,
    namespaceLabels: { ...labels, [NAMESPACE_NAME]: ELSEWHERE, [INSTANCE_LABEL]: ELSEWHERE },
  };
}

function router(): Endpoint {
  return { name: ROUTER, namespace: ROUTER, namespaceLabels: ROUTER_LABELS, labels: NO_LABELS };
}

/** The blocks of addresses that policies name, each as a source. */
function addressBlocks(policies: readonly Policy[]): Endpoint[] {
  const peers = policies.flatMap(({ spec }) => (spec.ingress ?? []).flatMap(({ from = [] }) => from));
  return peers.flatMap(({ ipBlock }) =>
    ipBlock === undefined
      ? []
      : [{ name: ipBlock.cidr, namespace: "", namespaceLabels: NO_LABELS, labels: NO_LABELS }],
  );
}

function both(a: OpenPorts, b: OpenPorts): readonly (number | "any")[] {
  if (a === "any") return b === "any" ? ["any"] : [...b];
  return [...a].filter((port) => b === "any" || b.has(port));
}
