import * as pulumi from "@pulumi/pulumi";

import type { Resources, SecretKey } from "../platform/container";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";

/** Port of Flower and of its Service. */
export const FLOWER_PORT = 5555;

export interface FlowerArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** Address of the broker with its password, `redis://:<password>@<host>:6379/0`. */
  readonly brokerUrl: SecretKey;
  /** Components that may connect: Flower itself asks for no password. */
  readonly clients: readonly string[];
  readonly resources: Resources;
}

/** Flower, which shows queues and tasks. */
export class Flower extends pulumi.ComponentResource {
  /** Host name within the namespace. */
  readonly host: pulumi.Output<string>;

  /** @param name - Name of all objects, `flower`. */
  constructor(name: string, args: FlowerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Flower", name, {}, opts);
    // Answers as long as the server does, whatever the state of the broker.
    const answers = { httpGet: { path: "/healthcheck", port: FLOWER_PORT }, timeoutSeconds: 5 };
    const workload = new Workload(
      name,
      {
        site: args.site,
        image: args.image,
        resources: args.resources,
        env: {
          CELERY_BROKER_URL: args.brokerUrl,
          FLOWER_PORT: String(FLOWER_PORT),
          FLOWER_UNAUTHENTICATED_API: "true",
        },
        ports: { http: FLOWER_PORT },
        probes: {
          readiness: { ...answers, periodSeconds: 10 },
          liveness: { ...answers, periodSeconds: 20, failureThreshold: 6 },
        },
        mounts: [{ scratch: "tmp", path: "/tmp", sizeLimit: "16Mi" }],
        service: [{ name: String(FLOWER_PORT), port: FLOWER_PORT, targetPort: FLOWER_PORT }],
        admits: [{ port: FLOWER_PORT, components: args.clients }],
      },
      { parent: this },
    );
    this.host = workload.service;
    this.registerOutputs({ host: this.host });
  }
}
