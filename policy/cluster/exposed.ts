import type * as k8s from "@pulumi/kubernetes";

import type { Written } from "../kubernetes";
import { known } from "./known";
import { sameNamespace, templateLabels, type SeenObject, type SeenObjects } from "./objects";
import { carries, type Labels } from "./selector";
import { selectorOf, type ServicePort } from "./service";

/** The Service and port that requests from outside go to. */
export interface Backend {
  readonly service: string;
  /** Name or number; absent: any. */
  readonly port?: string | number;
  readonly isPort: (port: ServicePort) => boolean;
}

type Kind = Pick<SeenObject, "kind" | "spec">;
type IngressSpec = Written<k8s.types.output.networking.v1.IngressSpec>;

interface RouteSpec {
  readonly host?: string;
  readonly to?: { readonly name?: string };
  readonly port?: { readonly targetPort?: string | number };
}

/** Hosts that a Route or Ingress publishes; an empty one stands for all. */
export function hostsOf({ kind, spec }: Kind): string[] {
  if (kind === "Route") return [(spec as RouteSpec).host ?? ""];
  return ((spec as IngressSpec).rules ?? []).map(({ host = "" }) => host);
}

/** Where a Route or Ingress leads to. */
export function backendsOf({ kind, spec }: Kind): Backend[] {
  return kind === "Route" ? routeBackends(spec) : ingressBackends(spec);
}

function routeBackends({ to, port }: RouteSpec): Backend[] {
  const wanted = port?.targetPort;
  return [
    {
      service: to?.name ?? "",
      ...(wanted !== undefined && { port: wanted }),
      isPort: ({ name, targetPort }) => (typeof wanted === "number" ? targetPort : name) === wanted,
    },
  ];
}

function ingressBackends({ defaultBackend, rules = [] }: IngressSpec): Backend[] {
  const paths = rules.flatMap(({ http }) => http?.paths ?? []);
  return [defaultBackend, ...paths.map(({ backend }) => backend)].flatMap((backend) => {
    const service = backend?.service;
    if (service === undefined) return [];
    const { name, number } = service.port ?? {};
    const wanted = name ?? number;
    return [
      {
        service: service.name ?? "",
        ...(wanted !== undefined && { port: wanted }),
        isPort: (port: ServicePort) => (name === undefined ? port.port === number : port.name === name),
      },
    ];
  });
}

/** Whether the outside reaches an object's pods: a Route or Ingress leads to a Service that selects them. */
export function isPublished(maker: SeenObject, objects: SeenObjects): boolean {
  const labels = templateLabels(maker);
  return objects.ofKind("Route", "Ingress").some((exposed) => {
    if (!sameNamespace(exposed, maker)) return false;
    // A name that is not known yet is its own: a component publishes what it makes.
    const backends = known(() => backendsOf(exposed).map(({ service }) => service)) ?? [exposed.name];
    return backends.some((name) => {
      const selector = known(() => selected(objects.beside(exposed, "Service", name)));
      return selector !== undefined && carries(labels, selector);
    });
  });
}

function selected(service: SeenObject | undefined): Labels | undefined {
  return service && selectorOf(service);
}
