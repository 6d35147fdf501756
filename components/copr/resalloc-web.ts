import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import type { Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { admissionsTo, type DataComponents, reachesFrom, RESALLOC_WEB_PORT } from "./connections";
import { resallocGroup } from "./resalloc";
import { RESALLOC_CONFIG, RESALLOC_DATA, RESALLOC_LOGS } from "./resalloc-paths";
import { installUser, USERS } from "./users";

/** Name of the Service's port, which a Route refers to. */
const PORT_NAME = "resalloc-webui";

/** Runs the application that the package brings without a server. */
const SERVE =
  "from resallocwebui.app import app; " +
  `app.run(host="0.0.0.0", port=${RESALLOC_WEB_PORT}, debug=False, threaded=True)`;

export interface ResallocWebArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** Public host name, for which the router has the certificate. */
  readonly host: string;
  /** Resalloc itself: the volume is its. */
  readonly resalloc: {
    /** Name of its objects. */
    readonly name: string;
    readonly config: Files;
    readonly claim: pulumi.Input<string>;
  };
  readonly data: DataComponents;
  readonly resources: Resources;
  /** Resalloc, which makes the tables. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Pages that show builders. Apart from resalloc: everybody sees them, so they have neither its keys nor its ways to
 * AWS and to builders, and cannot change its list.
 */
export class ResallocWeb extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `resalloc-webui`. */
  constructor(name: string, args: ResallocWebArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:ResallocWeb", name, {}, opts);
    const { site, host, resalloc } = args;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.resalloc, accounts: [name] }, child);
    const listens = { tcpSocket: { port: RESALLOC_WEB_PORT } };
    const { service } = new Workload(
      name,
      {
        site,
        image: args.image,
        resources: args.resources,
        command: ["/usr/bin/python3", "-B", "-c", SERVE],
        env: { CONFIG_DIR: RESALLOC_CONFIG, HOME: "/tmp" },
        mounts: [
          user.mount,
          { path: RESALLOC_CONFIG, files: [{ from: resalloc.config }] },
          { volume: "data", path: RESALLOC_DATA, claim: resalloc.claim, readOnly: true },
          { scratch: "logs", path: RESALLOC_LOGS, sizeLimit: "64Mi" },
          { scratch: "tmp", path: "/tmp", sizeLimit: "16Mi" },
        ],
        ports: { http: RESALLOC_WEB_PORT },
        probes: {
          // Asks the database.
          readiness: {
            httpGet: { path: "/api/stats", port: RESALLOC_WEB_PORT },
            periodSeconds: 15,
            timeoutSeconds: 5,
          },
          liveness: { ...listens, periodSeconds: 30, timeoutSeconds: 5 },
        },
        identity: user.identity,
        together: resallocGroup(resalloc.name),
        service: [{ name: PORT_NAME, port: RESALLOC_WEB_PORT, targetPort: RESALLOC_WEB_PORT }],
        admits: admissionsTo(name),
        reaches: reachesFrom(name, args.data),
        after: [...user.after, ...args.after],
      },
      child,
    );
    const port = { name: PORT_NAME, number: RESALLOC_WEB_PORT };
    site.platform.expose(name, { site, host, tls: "edge", service, port }, child);
    this.registerOutputs({});
  }
}
