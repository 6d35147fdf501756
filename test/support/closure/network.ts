import type { ClusterObject, ClusterObjects, Pods } from "../objects";
import { carries, selects, type Labels, type Selector } from "../../../policy/cluster/selector";
import { missingFiles } from "./files";
import { listensOn } from "./pods";

type Port = number | string;

/** Labels of the pods by which cert-manager shows that it has a host. */
const SOLVERS: Labels = { "acme.cert-manager.io/http01-solver": "true" };

/** Asks cert-manager for the certificate of an Ingress, and for the Secret with it. */
const ISSUER = "cert-manager.io/cluster-issuer";

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: Port;
}

interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Labels;
  readonly ports?: readonly ServicePort[];
}

interface IngressSpec {
  readonly tls?: readonly { readonly secretName?: string }[];
  readonly rules?: readonly {
    readonly http: {
      readonly paths: readonly {
        readonly backend: {
          readonly service: { readonly name: string; readonly port: Partial<ServicePort> };
        };
      }[];
    };
  }[];
}

interface RouteSpec {
  readonly to: { readonly name: string };
  readonly port?: { readonly targetPort: Port };
  readonly tls?: { readonly externalCertificate?: { readonly name: string } };
}

interface NetworkPolicySpec {
  readonly podSelector: Selector;
  readonly ingress?: readonly { readonly ports?: readonly { readonly port?: Port }[] }[];
}

/** Services, Routes, Ingresses and NetworkPolicies that lead to no pods, or to ports that nobody listens on. */
export function* networkFindings(objects: ClusterObjects): Iterable<string> {
  for (const service of objects.ofKind("Service")) yield* serviceFindings(service, objects);
  for (const route of objects.ofKind("Route")) yield* routeFindings(route, objects);
  for (const ingress of objects.ofKind("Ingress")) yield* ingressFindings(ingress, objects);
  for (const policy of objects.ofKind("NetworkPolicy")) yield* policyFindings(policy, objects);
}

function* serviceFindings(
  { title, namespace, body }: ClusterObject,
  objects: ClusterObjects,
): Iterable<string> {
  const { type, selector, ports = [] } = body.spec as ServiceSpec;
  if (type === "ExternalName") return;
  const selected = podsIn(
    namespace,
    objects,
    (labels) => selector !== undefined && carries(labels, selector),
  );
  if (selected.length === 0) yield `${title}: it selects no pods in ${namespace}`;
  for (const { port, targetPort = port } of ports) yield* portFindings(title, targetPort, selected);
}

function* policyFindings(
  { title, namespace, body }: ClusterObject,
  objects: ClusterObjects,
): Iterable<string> {
  const { podSelector, ingress = [] } = body.spec as NetworkPolicySpec;
  const selected = podsIn(namespace, objects, (labels) => selects(podSelector, labels));
  // An empty selector is about whatever may come into the namespace.
  const forAll = (podSelector.matchLabels ?? podSelector.matchExpressions) === undefined;
  if (selected.length === 0 && !forAll && !selects(podSelector, SOLVERS))
    yield `${title}: it selects no pods in ${namespace}`;
  for (const { port } of ingress.flatMap(({ ports = [] }) => ports))
    if (port !== undefined) yield* portFindings(title, port, selected);
}

function* routeFindings(
  { title, namespace, body }: ClusterObject,
  objects: ClusterObjects,
): Iterable<string> {
  const { to, port, tls } = body.spec as RouteSpec;
  if (tls?.externalCertificate !== undefined)
    yield* missingFiles(`${title}, TLS`, { kind: "Secret", namespace, ...tls.externalCertificate }, objects);
  const wanted = port?.targetPort;
  yield* backendFindings(title, namespace, to.name, objects, wanted, (service) =>
    typeof wanted === "number" ? service.targetPort === wanted : service.name === wanted,
  );
}

function* ingressFindings(
  { title, namespace, body }: ClusterObject,
  objects: ClusterObjects,
): Iterable<string> {
  const { tls = [], rules = [] } = body.spec as IngressSpec;
  const isIssued = body.metadata?.annotations?.[ISSUER] !== undefined;
  for (const { secretName } of tls)
    if (secretName !== undefined && !isIssued)
      yield* missingFiles(`${title}, TLS`, { kind: "Secret", namespace, name: secretName }, objects);
  for (const { backend } of rules.flatMap((rule) => rule.http.paths)) {
    const { name, port } = backend.service as { name: string; port: { name?: string; number?: number } };
    const wanted = port.name ?? port.number;
    yield* backendFindings(title, namespace, name, objects, wanted, (service) =>
      typeof wanted === "number" ? service.port === wanted : service.name === wanted,
    );
  }
}

function* backendFindings(
  title: string,
  namespace: string,
  name: string,
  objects: ClusterObjects,
  wanted: Port | undefined,
  isWanted: (port: ServicePort) => boolean,
): Iterable<string> {
  const service = objects.find("Service", namespace, name);
  const { ports = [] } = (service?.body.spec ?? {}) as ServiceSpec;
  if (service === undefined) yield `${title}: there is no Service ${name} in ${namespace}`;
  else if (wanted !== undefined && !ports.some(isWanted))
    yield `${title}: Service ${name} has no port ${wanted}`;
}

function* portFindings(title: string, port: Port, selected: readonly Pods[]): Iterable<string> {
  for (const { owner, containers } of selected) {
    if (!containers.some((container) => listensOn(container, port)))
      yield `${title}: no container of ${owner.title} has port ${port}`;
  }
}

function podsIn(
  namespace: string,
  objects: ClusterObjects,
  wanted: (labels: Labels) => boolean,
): readonly Pods[] {
  return objects.pods.filter((pods) => pods.namespace === namespace && wanted(pods.labels));
}
