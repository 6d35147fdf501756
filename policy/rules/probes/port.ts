import type * as k8s from "@pulumi/kubernetes";

import { LONG_RUNNING, podSpecOf, type Container, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A probe asks where the container listens. */
export const port: ResourceRule = {
  id: "probes/port",
  title: "Probes ask a port of the container",
  why: "the probe fails for ever: the pod is never ready, or is restarted without end",
  fix: "name one of the container's ports",
  severity: "high",
  kinds: LONG_RUNNING,
  covers: ["probes/port"],
  counterparts: { kubeLinter: ["liveness-port", "readiness-port", "startup-port"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const container of podSpecOf(resource)?.containers ?? []) {
      for (const field of ["startupProbe", "readinessProbe", "livenessProbe"] as const) {
        const port = portOf(container[field]);
        if (port !== undefined && !hasPort(container, port))
          yield `the ${field} of container ${container.name ?? ""} asks port ${port}, which the container does not have`;
      }
    }
  },
};

type Probe = Written<k8s.types.output.core.v1.Probe>;

function portOf(probe: Probe | undefined): string | number | undefined {
  return probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
}

function hasPort({ ports = [] }: Container, port: string | number): boolean {
  return ports.some(({ name, containerPort }) => name === port || containerPort === Number(port));
}
