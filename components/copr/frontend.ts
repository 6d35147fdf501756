import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { Probes, Resources } from "../platform/container";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { admissionsTo, type DataComponents, FRONTEND_PORT, reachesFrom } from "./connections";
import type { FrontendApplication } from "./frontend-application";
import { LOG_FOLLOWER, logFollower, type LogFolders, logMounts } from "./log-follower";
import { MAIL, type MailRelay } from "./mail";
import { frontendCommand, FRONTEND_DATA } from "./manage";
import { installUser, USERS } from "./users";

/** Name of the Service's port, which a Route refers to. */
const PORT_NAME = "copr-frontend-httpd";

/** Uploads in progress and the pages that are being made end with the server. */
const GRACE_SECONDS = 60;

const LOGS: LogFolders = {
  "/var/log/httpd": { volume: "httpd-logs", files: "*log" },
  "/var/log/copr-frontend": { volume: "frontend-logs", files: "*.log" },
};

/** Makes the folders that the first start misses, and the search index where there is none (C12, B7). */
const PREPARE = `set -e
mkdir -p "$1/srpm_storage" "$1/openid_store" "$1/whooshee"
test -n "$(ls -A "$1/whooshee")" || ${frontendCommand("update-indexes")}
`;

export interface CoprFrontendArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  readonly application: FrontendApplication;
  /** Public host name, for which the router has the certificate. */
  readonly host: string;
  readonly data: DataComponents;
  /** Size of the volume with uploads and the search index. */
  readonly storage: string;
  readonly resources: Resources;
  /** Who takes mail. @default none is sent (C33) */
  readonly mail?: MailRelay;
  /** The database job: no new web server meets an old schema (C1). */
  readonly after: readonly pulumi.Resource[];
}

/** Copr's web pages and API. */
export class CoprFrontend extends pulumi.ComponentResource {
  /** Host name within the namespace. */
  readonly service: pulumi.Output<string>;
  /** The volume with uploads and the search index, and the group of pods that are on its node. */
  readonly volume: { readonly claim: pulumi.Output<string>; readonly together: string };

  /** @param name - Name of all objects, `copr-frontend`. */
  constructor(name: string, args: CoprFrontendArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Frontend", name, {}, opts);
    const { site, image, application, host, resources, mail } = args;
    const { env } = application;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.frontend, accounts: [name] }, child);
    const volume = claim(`${name}-data`, { site, component: name, storage: args.storage }, child);
    this.volume = { claim: volume.metadata.name, together: `${name}-data` };
    const reaches = reachesFrom(name, args.data);
    const mounts: Mount[] = [
      user.mount,
      application.mount,
      { volume: "data", path: FRONTEND_DATA, claim: volume.metadata.name },
      { scratch: "run", path: "/run/httpd", sizeLimit: "16Mi" },
      { scratch: "tmp", path: "/tmp", sizeLimit: "4Gi" },
      ...logMounts(LOGS),
    ];
    const workload = new Workload(
      name,
      {
        site,
        image,
        resources,
        env,
        mounts,
        identity: user.identity,
        // Not the image's entry point, which makes the database anew and lets everybody in as a developer (C1, S3).
        command: ["/usr/sbin/httpd", "-DFOREGROUND"],
        ports: { http: FRONTEND_PORT },
        probes: probes(host),
        init: {
          prepare: {
            image,
            resources,
            env,
            mounts,
            command: ["/bin/sh", "-c", PREPARE, "prepare", FRONTEND_DATA],
          },
        },
        sidecars: {
          [LOG_FOLLOWER]: logFollower(image, LOGS),
          ...(mail && { [MAIL]: mail.sidecar(image, user.mount) }),
        },
        ...(mail && { lowPorts: true }),
        together: this.volume.together,
        graceSeconds: GRACE_SECONDS,
        service: [{ name: PORT_NAME, port: FRONTEND_PORT, targetPort: FRONTEND_PORT }],
        admits: admissionsTo(name),
        reaches: mail && reaches !== "nothing" ? [...reaches, mail.reach] : reaches,
        after: [...user.after, ...args.after],
      },
      child,
    );
    this.service = workload.service;
    const port = { name: PORT_NAME, number: FRONTEND_PORT };
    site.platform.expose(name, { site, host, tls: "edge", service: this.service, port }, child);
    this.registerOutputs({ service: this.service });
  }
}

function probes(host: string): Probes {
  const listens = { tcpSocket: { port: FRONTEND_PORT } };
  return {
    // As slow as the first import of the application.
    startup: { ...listens, periodSeconds: 3, failureThreshold: 30 },
    readiness: {
      // Asks the database for one number. Older Flask answers to its own name alone (B8).
      httpGet: {
        path: "/backend/pending-action-count/",
        port: FRONTEND_PORT,
        httpHeaders: [{ name: "Host", value: host }],
      },
      periodSeconds: 10,
      timeoutSeconds: 5,
    },
    // A slow database is no reason to start web servers anew (B6).
    liveness: { ...listens, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  };
}
