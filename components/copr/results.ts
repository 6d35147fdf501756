import * as pulumi from "@pulumi/pulumi";

import type { Probes, Resources } from "../platform/container";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import type { Storage } from "./config/instance";
import { resultsConfig } from "./config/results";
import { admissionsTo, type DataComponents, reachesFrom, RESULTS_PORT } from "./connections";
import { PUBLIC_FOLDER, resultsMount, type ResultsVolume } from "./results-volume";
import { installUser, USERS } from "./users";

const CONF_FOLDER = "/etc/copr-results";

/** Name of the Service's port, which a Route refers to. */
const PORT_NAME = "copr-backend-httpd";

/** Downloads that are going on. */
const GRACE_SECONDS = 60;

export interface CoprResultsArgs {
  readonly site: Site;
  /** nginx. */
  readonly image: ContainerImage;
  /** Public host name, for which the router has the certificate. */
  readonly host: string;
  readonly results: ResultsVolume;
  /** Where packages are: what is not on the volume may be Pulp's. */
  readonly storage: Storage;
  readonly data: DataComponents;
  readonly resources: Resources;
  /** Pulp's Service, where there is one: nginx looks its name up once. @default nothing */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * Serves what was built. A workload of its own: downloads go on while the backend is replaced (B28), and what the
 * whole world can talk to has no way to the signing keys (S1).
 */
export class CoprResults extends pulumi.ComponentResource {
  /** Host name within the namespace. */
  readonly service: pulumi.Output<string>;

  /** @param name - Name of all objects, `copr-backend-httpd`. */
  constructor(name: string, args: CoprResultsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Results", name, {}, opts);
    const { site, host, results, storage } = args;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.results, accounts: [name] }, child);
    const text = resultsConfig({
      listen: RESULTS_PORT,
      publicFolder: PUBLIC_FOLDER,
      scratch: "/tmp",
      ...(storage.kind === "pulp" && { pulp: storage.service }),
    });
    const conf = new ConfigFiles(`${name}-config`, { site, data: { "nginx.conf": text } }, child);
    const workload = new Workload(
      name,
      {
        site,
        image: args.image,
        containerName: "httpd",
        resources: args.resources,
        // Not the image's entry point, which edits files in /etc/nginx.
        command: ["nginx", "-e", "stderr", "-c", `${CONF_FOLDER}/nginx.conf`],
        ports: { http: RESULTS_PORT },
        probes: probes(),
        mounts: [
          user.mount,
          { path: CONF_FOLDER, files: [{ from: conf }] },
          resultsMount(results, true),
          { scratch: "tmp", path: "/tmp", sizeLimit: "256Mi" },
        ],
        identity: user.identity,
        ...(results.together !== undefined && { together: results.together }),
        // Both are at one volume, which the new pod's node has, too.
        rollout: "rolling",
        graceSeconds: GRACE_SECONDS,
        service: [{ name: PORT_NAME, port: RESULTS_PORT, targetPort: RESULTS_PORT }],
        admits: admissionsTo(name),
        reaches: reachesFrom(name, args.data),
        after: [...user.after, ...(args.after ?? [])],
      },
      child,
    );
    this.service = workload.service;
    const port = { name: PORT_NAME, number: RESULTS_PORT };
    site.platform.expose(name, { site, host, tls: "edge", service: this.service, port }, child);
    this.registerOutputs({ service: this.service });
  }
}

function probes(): Probes {
  return {
    // The list of the volume's folders: a volume that is gone is nothing to serve from.
    readiness: { httpGet: { path: "/", port: RESULTS_PORT }, periodSeconds: 10, timeoutSeconds: 5 },
    // A slow volume is no reason to end downloads.
    liveness: {
      tcpSocket: { port: RESULTS_PORT },
      periodSeconds: 15,
      timeoutSeconds: 5,
      failureThreshold: 4,
    },
  };
}
