import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import type { Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { applicationEnv, distgitEnv, type Application, type Distgit } from "./application";
import { databaseEnv, queueEnv, sentryEnv, type Database, type Queue, type Sentry } from "./connections";
import { DRAIN, HTTPS_PORT, httpsProbes } from "./https";
import { NO_LOG_SHIPPER, type LogShipper } from "./log-shipper";
import { CENTPKG_SIG_PATH, CONFIG_FOLDER, GITHUB_APP_FOLDER, HOME, SECRETS_FOLDER } from "./paths";

/** Name of the Service's port, the same in every deployment. */
const PORT_NAME = "prod-packit";

/** Answers without database and broker. It has no slash at its end (D10). */
const HEALTH_PATH = "/api/healthz";

/**
 * Seconds until the server must listen. It first brings the database's schema up to date: the start script ends by
 * itself after 7 failed tries, 2 s apart, and a migration that works must not be cut short by the kubelet.
 */
const STARTUP_SECONDS = 1800;

export interface ApiArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  readonly application: Application;
  readonly distgit: Distgit;
  readonly database: Database;
  readonly queue: Queue;
  /** @default errors are not reported */
  readonly sentry?: Sentry | undefined;
  /** Files `fullchain.pem` and `privkey.pem`. */
  readonly tls: Files;
  /** File `packit-service.yaml`, whose `server_name` is {@link host}. */
  readonly config: Files;
  /** File `private-key.pem` of the GitHub App. @default the instance is no GitHub App */
  readonly githubApp?: Files | undefined;
  /** File `centpkg-sig.conf`. @default no SIG repositories */
  readonly centpkgSig?: Files | undefined;
  /** Public host name, covered by the certificate. */
  readonly host: string;
  /** Sends the pods' log records elsewhere. @default they are on the standard output alone */
  readonly logShipper?: LogShipper | undefined;
  /** @default 1 */
  readonly replicas?: number;
  readonly resources: Resources;
}

/** The web API: receives webhooks, hands them to the workers, and answers the dashboard. */
export class Api extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `packit-service`. */
  constructor(name: string, args: ApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Api", name, {}, opts);
    const { site, host, logShipper = NO_LOG_SHIPPER } = args;
    const child = { parent: this };
    new Workload(
      name,
      {
        site,
        image: args.image,
        resources: args.resources,
        replicas: args.replicas ?? 1,
        command: ["/usr/bin/run_httpd.sh"],
        env: {
          ...applicationEnv(args.application),
          ...distgitEnv(args.distgit),
          ...queueEnv(args.queue),
          ...databaseEnv(args.database),
          ...sentryEnv(args.sentry),
          ...logShipper.env,
        },
        ports: { https: HTTPS_PORT },
        probes: httpsProbes(host, HEALTH_PATH, STARTUP_SECONDS),
        preStop: DRAIN,
        mounts: mounts(args),
        rollout: "rolling",
        sidecars: logShipper.sidecars,
        published: { host, portName: PORT_NAME, targetPort: HTTPS_PORT },
      },
      child,
    );
    this.registerOutputs({});
  }
}

function mounts({ tls, config, githubApp, centpkgSig }: ApiArgs): Mount[] {
  return [
    { path: SECRETS_FOLDER, files: [{ from: tls }] },
    // The web server writes its own configuration, locks and pid below /tmp; libraries keep caches in the home.
    { scratch: "tmp", path: "/tmp", sizeLimit: "1Gi" },
    { scratch: "home", path: HOME, sizeLimit: "256Mi" },
    { path: CONFIG_FOLDER, files: [{ from: config }] },
    // Not every service has these two (D34).
    ...(githubApp === undefined ? [] : [{ path: GITHUB_APP_FOLDER, files: [{ from: githubApp }] }]),
    ...(centpkgSig === undefined
      ? []
      : [{ path: CENTPKG_SIG_PATH, files: [{ from: centpkgSig }], subPath: "centpkg-sig.conf" }]),
  ];
}
