import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";

/** Port that clients push to and read from. */
export const PUSHGATEWAY_PORT = 80;

const API_PORT = 9091;
const LIFECYCLE_PORT = 8888;

export interface PushgatewayArgs {
  readonly site: Site;
  /** The aggregating gateway, `ghcr.io/zapier/prom-aggregation-gateway`. */
  readonly image: ContainerImage;
  readonly resources: Resources;
  /** Components that may connect: those that push, and nginx, which publishes. */
  readonly clients: readonly string[];
}

/** Adds up the metrics that the workers push. It keeps them in memory, so there is never more than one of it. */
export class Pushgateway extends pulumi.ComponentResource {
  /** Host name within the namespace, on port {@link PUSHGATEWAY_PORT}. */
  readonly host: pulumi.Output<string>;

  /** @param name - Name of all objects and the host, for example `pushgateway`. */
  constructor(name: string, args: PushgatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:edge:Pushgateway", name, {}, opts);
    const workload = new Workload(
      name,
      {
        site: args.site,
        image: args.image,
        resources: args.resources,
        args: [`--apiListen=:${API_PORT}`, `--lifecycleListen=:${LIFECYCLE_PORT}`],
        ports: { api: API_PORT, lifecycle: LIFECYCLE_PORT },
        probes: {
          readiness: { httpGet: { path: "/ready", port: LIFECYCLE_PORT }, periodSeconds: 5 },
          liveness: { httpGet: { path: "/healthy", port: LIFECYCLE_PORT }, periodSeconds: 10 },
        },
        service: [{ name: "prometheus-push", port: PUSHGATEWAY_PORT, targetPort: API_PORT }],
        admits: [{ port: API_PORT, components: args.clients }],
      },
      { parent: this },
    );
    this.host = workload.service;
    this.registerOutputs({ host: this.host });
  }
}
