import type * as k8s from "@pulumi/kubernetes";

import { kubernetesObject, type KubernetesObject, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** What is reached from outside speaks TLS. */
export const tls: ResourceRule = {
  id: "network/tls",
  title: "What is reached from outside speaks TLS",
  why: "tokens of forges and users' sessions go over the internet",
  fix: "give the host TLS; plain requests are only redirected",
  severity: "high",
  kinds: ["Ingress", "Route"],
  covers: ["network/tls"],
  counterparts: {
    polaris: ["tlsSettingsMissing"],
    kyverno: ["require-ingress-https"],
    gatekeeper: ["K8sHttpsOnly"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object?.kind === "Route") yield* routeProblems(object.spec);
    if (object?.kind === "Ingress") yield* ingressProblems(object);
  },
};

/** Annotations by which ingress-nginx sends plain requests to TLS. */
const REDIRECTS = ["force-ssl-redirect", "ssl-redirect"].map((name) => `nginx.ingress.kubernetes.io/${name}`);

interface RouteSpec {
  readonly tls?: { readonly termination?: string; readonly insecureEdgeTerminationPolicy?: string };
}

function* routeProblems({ tls }: RouteSpec): Iterable<string> {
  if (tls?.termination === undefined) yield "it has no TLS";
  else if (tls.insecureEdgeTerminationPolicy === "Allow") yield "it answers without TLS too";
}

function* ingressProblems({ metadata, spec }: KubernetesObject): Iterable<string> {
  const { tls = [], rules = [] } = spec as Written<k8s.types.output.networking.v1.IngressSpec>;
  const covered = new Set(tls.flatMap(({ hosts = [] }) => hosts));
  for (const { host = "" } of rules) if (!covered.has(host)) yield `host ${host} has no TLS`;
  const { annotations = {} } = metadata;
  if (REDIRECTS.some((name) => annotations[name] === "false")) yield "it answers without TLS too";
}
