import { type ApiClient, type KubernetesObject, resourcePath } from "../api";
import { standIn } from "./names";
import { WorkQueue } from "./queue";
import { keyOf, Reflector } from "./reflector";

/** A host name that OpenShift's router serves. */
export interface Route extends KubernetesObject {
  readonly spec: { readonly host?: string; readonly path?: string };
  readonly status?: { readonly ingress?: readonly Ingress[] };
}

interface Ingress {
  readonly host?: string;
  readonly conditions?: readonly Verdict[];
}

/** What the router says about a route. */
export interface Verdict {
  readonly type: "Admitted";
  readonly status: "True" | "False";
  readonly reason?: string;
  readonly message?: string;
}

const version = "route.openshift.io/v1";
/** Below this lie the hosts of routes that name none. */
const generatedDomain = "apps.localhost";

/** Admits routes as a router would: a host belongs to the oldest route that asks for it. */
export function admitRoutes(api: ApiClient): Reflector<Route> {
  const routes = new Reflector<Route>(api, resourcePath(version, "routes"));
  const queue = new WorkQueue("Route", async (key) => {
    const route = routes.get(key);
    if (route !== undefined && route.metadata.deletionTimestamp === undefined) {
      await reconcile(route);
    }
  });
  routes.onChange((key, now, before) => {
    queue.add(key);
    // Who gives a host up may let another have it.
    const hosts = [now?.spec.host, before?.spec.host];
    for (const other of routes
      .all()
      .filter(({ spec }) => spec.host !== undefined && hosts.includes(spec.host))) {
      queue.add(keyOf(other));
    }
  });

  async function reconcile(route: Route): Promise<void> {
    const { name, namespace = "", resourceVersion } = route.metadata;
    const path = resourcePath(version, "routes", namespace, name);
    if (route.spec.host === undefined || route.spec.host === "") {
      await api.patch(path, "merge", standIn, {
        metadata: { resourceVersion, annotations: { "openshift.io/host.generated": "true" } },
        spec: { host: `${name}-${namespace}.${generatedDomain}` },
      });
      return;
    }
    const verdict = judge(route, routes.all());
    const [ingress] = route.status?.ingress ?? [];
    const [seen] = ingress?.conditions ?? [];
    if (
      ingress?.host === route.spec.host &&
      seen?.status === verdict.status &&
      seen.message === verdict.message
    ) {
      return;
    }
    await api.patch(`${path}/status`, "merge", standIn, {
      status: {
        ingress: [
          {
            host: route.spec.host,
            routerName: "default",
            routerCanonicalHostname: `router-default.${generatedDomain}`,
            wildcardPolicy: "None",
            conditions: [{ ...verdict, lastTransitionTime: new Date().toISOString() }],
          },
        ],
      },
    });
  }
  return routes;
}

/**
 * Whether the route may have its host. Another namespace's older route keeps all of a host; within a namespace
 * routes may share one by different paths.
 */
export function judge(route: Route, all: readonly Route[]): Verdict {
  const winner = all
    .filter((other) => other.spec.host === route.spec.host)
    .filter((other) => keyOf(other) === keyOf(route) || claimsTheSame(other, route))
    .sort((one, other) => compare(age(one), age(other)) || compare(keyOf(one), keyOf(other)))[0];
  if (winner === undefined || keyOf(winner) === keyOf(route)) {
    return { type: "Admitted", status: "True" };
  }
  const { name, namespace = "" } = winner.metadata;
  return {
    type: "Admitted",
    status: "False",
    reason: "HostAlreadyClaimed",
    message: `route ${name} in namespace ${namespace} already exposes ${route.spec.host ?? ""} and is older`,
  };
}

function claimsTheSame(one: Route, other: Route): boolean {
  return (
    one.metadata.namespace !== other.metadata.namespace || (one.spec.path ?? "") === (other.spec.path ?? "")
  );
}

function age({ metadata: { creationTimestamp = "" } }: Route): string {
  return creationTimestamp;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
