import type { Container } from "../../../policy/kubernetes";
import type { ClusterObjects } from "../objects";
import { missingFiles } from "./files";

type Port = number | string;

/** Pods whose account or pull secret is missing, and probes of ports that nobody listens on (D10). */
export function* podFindings(objects: ClusterObjects): Iterable<string> {
  for (const { owner, namespace, spec, containers } of objects.pods) {
    const account = spec.serviceAccountName ?? "default";
    if (account !== "default" && objects.find("ServiceAccount", namespace, account) === undefined)
      yield `${owner.title}: there is no ServiceAccount ${account} in ${namespace}`;
    for (const { name = "" } of spec.imagePullSecrets ?? [])
      yield* missingFiles(`${owner.title}, pull secret`, { kind: "Secret", namespace, name }, objects);
    for (const container of containers) {
      for (const [use, port] of ownPorts(container)) {
        if (!listensOn(container, port))
          yield `${owner.title}, container ${container.name ?? ""}, ${use}: the container has no port ${port}`;
      }
    }
  }
}

/** Whether a container declares a port of that name or number. */
export function listensOn({ ports = [] }: Container, port: Port): boolean {
  return ports.some(({ name, containerPort }) => (typeof port === "string" ? name : containerPort) === port);
}

/** The ports at which the kubelet will ask a container. */
function ownPorts(container: Container): (readonly [use: string, port: Port])[] {
  const handlers = [
    ["readiness probe", container.readinessProbe],
    ["liveness probe", container.livenessProbe],
    ["startup probe", container.startupProbe],
    ["preStop hook", container.lifecycle?.preStop],
    ["postStart hook", container.lifecycle?.postStart],
  ] as const;
  return handlers.flatMap(([use, handler]) => {
    // A probe of another host is about something else than the container.
    const requests = [handler?.httpGet, handler?.tcpSocket].filter((request) => request?.host === undefined);
    return requests.flatMap((request) => (request?.port === undefined ? [] : [[use, request.port] as const]));
  });
}
