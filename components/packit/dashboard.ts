import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import { ConfigFiles, type Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import {
  BACKENDS_FILE,
  BACKENDS_PATH,
  backendsFile,
  type DashboardBackend,
  SERVER_FILE,
  serverFile,
} from "./config/dashboard";
import { DRAIN, HTTPS_PORT, httpsProbes } from "./https";
import { SECRETS_FOLDER } from "./paths";

/** Name of the Service's port, which the Route refers to. */
const PORT_NAME = "packit-dashboard-https";

/** Where the list of backends and what the web server has to know of them are. */
const BACKENDS_FOLDER = "/packit-dashboard";

/** Domain of all dashboards: without a list of backends their pages may load data from nowhere else. */
const DOMAIN = ".packit.dev";

/** Seconds until the server must listen. It first asks the API for the usage of all times. */
const STARTUP_SECONDS = 600;

export interface DashboardArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** Public host name, covered by the certificate. */
  readonly host: string;
  /** Public host name of the API, below `packit.dev`. The pages' own address of it is built into the image. */
  readonly apiHost: string;
  /**
   * All whose data the pages show, the API at `apiHost` the first of them. The pages find the list at `/backends.json`
   * and may load data from nobody else.
   *
   * @default the API alone, as the image has it
   */
  readonly backends?: readonly DashboardBackend[] | undefined;
  /** Files `fullchain.pem` and `privkey.pem`. */
  readonly tls: Files;
  /** @default 1 */
  readonly replicas?: number;
  readonly resources: Resources;
}

/** The web pages. */
export class Dashboard extends pulumi.ComponentResource {
  /**
   * @param name - Name of all objects, `packit-dashboard`.
   * @throws Error when the API's host is not below `packit.dev`.
   */
  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Dashboard", name, {}, opts);
    const { site, host, apiHost, backends = [] } = args;
    const deployment = deploymentOf(apiHost);
    const child = { parent: this };
    const several = backends.length > 1;
    new Workload(
      name,
      {
        site,
        image: args.image,
        resources: args.resources,
        replicas: args.replicas ?? 1,
        ...((several || host !== scriptedHost(deployment)) && {
          command: serverCommand(host, apiHost, several),
        }),
        // Sentry's address is built into the image; as a variable it would have no effect (D17).
        env: { DEPLOYMENT: deployment },
        ports: { https: HTTPS_PORT },
        probes: httpsProbes(host, "/", STARTUP_SECONDS),
        preStop: DRAIN,
        mounts: [
          { path: SECRETS_FOLDER, files: [{ from: args.tls }] },
          ...(several
            ? [{ path: BACKENDS_FOLDER, files: [{ from: backendFiles(site, backends, child) }] }]
            : []),
          // The web server's own configuration, locks and pid, and the cache of the usage pages.
          { scratch: "tmp", path: "/tmp", sizeLimit: "256Mi" },
        ],
        rollout: "rolling",
        published: { host, portName: PORT_NAME, targetPort: HTTPS_PORT },
      },
      child,
    );
    this.registerOutputs({});
  }
}

/** The dashboard's server asks the API at `https://<DEPLOYMENT>.packit.dev`. */
function deploymentOf(apiHost: string): string {
  if (!apiHost.endsWith(DOMAIN)) {
    throw new Error(
      `the dashboard finds an API below ${DOMAIN.slice(1)} only, not at ${apiHost}: change the API's host or turn the dashboard off`,
    );
  }
  return apiHost.slice(0, -DOMAIN.length);
}

/** The only name that the image's start script makes the server answer to. */
function scriptedHost(deployment: string): string {
  if (deployment === "dev") return "dashboard.localhost";
  return deployment === "prod" ? `dashboard${DOMAIN}` : `dashboard.${deployment}${DOMAIN}`;
}

/** What the web server serves and says of several backends. */
function backendFiles(
  site: Site,
  backends: readonly DashboardBackend[],
  opts: pulumi.CustomResourceOptions,
): Files {
  const data = { [BACKENDS_FILE]: backendsFile(backends), [SERVER_FILE]: serverFile(backends) };
  return new ConfigFiles("packit-dashboard-backends", { site, data }, opts);
}

/** What the start script runs, with another name (D05), and with a list of backends where there are several. */
function serverCommand(host: string, apiHost: string, several: boolean): string[] {
  return [
    "mod_wsgi-express-3",
    "start-server",
    ...["--server-name", host],
    // A browser may send requests for the API over a connection to the dashboard when one certificate covers both.
    ...["--server-alias", apiHost],
    ...["--https-port", String(HTTPS_PORT)],
    ...["--ssl-certificate-file", `${SECRETS_FOLDER}/fullchain.pem`],
    ...["--ssl-certificate-key-file", `${SECRETS_FOLDER}/privkey.pem`],
    "--http2",
    "--access-log",
    "--log-to-terminal",
    ...["--processes", "2"],
    ...["--locale", "C.UTF-8"],
    ...(several
      ? [
          ...["--url-alias", BACKENDS_PATH, `${BACKENDS_FOLDER}/${BACKENDS_FILE}`],
          ...["--include-file", `${BACKENDS_FOLDER}/${SERVER_FILE}`],
        ]
      : []),
    "/usr/share/packit_dashboard/packit_dashboard.wsgi",
  ];
}
