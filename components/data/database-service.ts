import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { objectLabels, selectorLabels, type Site } from "../platform/site";
import { POSTGRES_PORT, type Postgres } from "./postgres";

export interface DatabaseServiceArgs {
  readonly site: Site;
  /** The server that clients get. Naming another one is the switch to a new version, once the data has moved (D19). */
  readonly serves: Postgres;
}

/** The one name under which clients find the database, whichever server of them it is. */
export class DatabaseService extends pulumi.ComponentResource {
  /** Host name of the database within the namespace. */
  readonly host: pulumi.Output<string>;

  /** @param name - Name of the Service and so the host, for example `postgres`. */
  constructor(name: string, args: DatabaseServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:data:DatabaseService", name, {}, opts);
    const { site, serves } = args;
    const service = new k8s.core.v1.Service(
      name,
      {
        metadata: {
          name,
          namespace: site.namespace,
          labels: objectLabels(site, name),
          // Clients wait for the database by themselves; the stack need not.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          type: "ClusterIP",
          selector: selectorLabels(serves.component),
          ports: [{ name: "postgres-port", port: POSTGRES_PORT, targetPort: POSTGRES_PORT, protocol: "TCP" }],
        },
      },
      { parent: this },
    );
    this.host = service.metadata.name;
    this.registerOutputs({ host: this.host });
  }
}
