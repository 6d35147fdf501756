import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { objectLabels, selectorLabels, type Site } from "./site";

/** A port of a component's Service. */
export interface ServicePort {
  readonly name: string;
  /** Port that clients use. */
  readonly port: number;
  /** Port of the pods. */
  readonly targetPort: number;
}

/**
 * The name under which others find a component's pods.
 *
 * @param ports - None: a headless Service, which gives the pods of a StatefulSet their names (D04).
 */
export function serviceFor(
  component: string,
  site: Site,
  ports: readonly ServicePort[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const selector = selectorLabels(component);
  const service = new k8s.core.v1.Service(
    component,
    {
      metadata: {
        name: component,
        namespace: site.namespace,
        labels: objectLabels(site, component),
        // The pods come after it, so nothing can be behind it yet.
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec:
        ports.length === 0
          ? { clusterIP: "None", selector }
          : { type: "ClusterIP", selector, ports: ports.map((port) => ({ ...port, protocol: "TCP" })) },
    },
    opts,
  );
  return service.metadata.name;
}
