import type * as k8s from "@pulumi/kubernetes";

import { kubernetesObject, type Written } from "../kubernetes";
import type { PolicyResource } from "../resource";
import type { SeenObject, SeenPods } from "./objects";
import type { Labels } from "./selector";

export type ServicePort = Written<k8s.types.output.core.v1.ServicePort>;

/** How a Service is reached; undefined for other kinds. */
export function serviceType(resource: PolicyResource): string | undefined {
  const object = kubernetesObject(resource);
  if (object?.kind !== "Service") return undefined;
  return (object.spec as { readonly type?: string }).type ?? "ClusterIP";
}

/** The labels of the pods behind a Service; undefined when it names none. */
export function selectorOf(service: SeenObject): Labels | undefined {
  const { selector = {} } = service.spec as { readonly selector?: Labels };
  return Object.keys(selector).length === 0 ? undefined : { ...selector };
}

export function portsOf(service: SeenObject): readonly ServicePort[] {
  return (service.spec as { readonly ports?: readonly ServicePort[] }).ports ?? [];
}

/** Whether a container of the pods has a port, by its number or name. */
export function listensOn({ containers }: SeenPods, wanted: number | string): boolean {
  return containers.some(({ ports = [] }) =>
    ports.some(({ name, containerPort }) => (typeof wanted === "number" ? containerPort : name) === wanted),
  );
}
