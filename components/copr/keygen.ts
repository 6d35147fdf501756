import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { ContainerArgs, Probes, Resources } from "../platform/container";
import { CronTask } from "../platform/cron-task";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { SIGND_PORT, signdConfig } from "./config/sign";
import { admissionsTo, KEYGEN_PORT } from "./connections";
import { LOG_FOLLOWER, logFollower, type LogFolders, logMounts } from "./log-follower";
import { installUser, type InstalledUser, USERS } from "./users";

/** Folder of the private keys: the only copy, apart from backups. */
export const KEYGEN_DATA = "/var/lib/copr-keygen";

const GNUPG_FOLDER = `${KEYGEN_DATA}/gnupg`;

/** Seconds for a signature, or a key, that is being made. */
const GRACE_SECONDS = 120;

/** Seconds of a daily run: it looks at the key of every project. */
const PROLONG_SECONDS = 6 * 3600;

const LOGS: LogFolders = {
  "/var/log/httpd": { volume: "httpd-logs", files: "*log" },
  "/var/log/copr-keygen": { volume: "keygen-logs", files: "*.log" },
};

const PREPARE = `umask 077 && mkdir -p ${KEYGEN_DATA}/phrases ${GNUPG_FOLDER}`;

/** The volume with the keys. */
export interface KeysVolume {
  readonly claim: pulumi.Input<string>;
  /** Name of the group of pods that have to be on one node with it. */
  readonly together: string;
}

export interface CoprKeygenArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** Networks whose pods may sign, if the policy lets them, in CIDR notation. @default private ones */
  readonly networks?: readonly string[];
  /** Size of the volume with the keys. */
  readonly storage: string;
  readonly resources: { readonly signd: Resources; readonly httpd: Resources };
  /** When keys that are about to expire are prolonged, in cron's five fields and UTC. */
  readonly prolongSchedule: string;
}

/**
 * Makes the keys of projects and signs with them. Neither of its servers asks who is calling: its policy lets nobody
 * in but the backend, and nothing out (S1).
 */
export class CoprKeygen extends pulumi.ComponentResource {
  /** Host name within the namespace. */
  readonly service: pulumi.Output<string>;
  readonly keys: KeysVolume;

  /** @param name - Name of all objects, `copr-keygen`. */
  constructor(name: string, args: CoprKeygenArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Keygen", name, {}, opts);
    const { site, image, resources } = args;
    const child = { parent: this };
    const prolong = `${name}-prolong`;
    const user = installUser(name, { site, user: USERS.keygen, accounts: [name, prolong] }, child);
    const volume = claim(`${name}-data`, { site, component: name, storage: args.storage }, child);
    this.keys = { claim: volume.metadata.name, together: volumeGroup(name) };
    const signd = signdConfig({
      userId: USERS.keygen.uid,
      dataFolder: KEYGEN_DATA,
      ...(args.networks && { allow: args.networks }),
    });
    const config = new ConfigFiles(`${name}-config`, { site, data: { "sign.conf": signd } }, child);
    const data: Mount = { volume: "data", path: KEYGEN_DATA, claim: volume.metadata.name };
    const common = {
      image,
      env: { GNUPGHOME: GNUPG_FOLDER },
      mounts: [user.mount, data, { scratch: "tmp", path: "/tmp", sizeLimit: "1Gi" }, ...logMounts(LOGS)],
    };
    const signConf: Mount = { path: "/etc/sign.conf", files: [{ from: config }], subPath: "sign.conf" };
    const workload = new Workload(
      name,
      {
        site,
        ...common,
        containerName: "signer",
        resources: resources.signd,
        // gpg leaves processes behind, which tini collects.
        command: ["/usr/bin/tini", "-s", "--", "/usr/sbin/signd"],
        mounts: [...common.mounts, signConf, { scratch: "run-signd", path: "/run/signd", sizeLimit: "16Mi" }],
        ports: { signd: SIGND_PORT },
        probes: signdProbes(),
        sidecars: {
          httpd: httpd(common, resources.httpd),
          [LOG_FOLLOWER]: logFollower(image, LOGS),
        },
        init: {
          prepare: { ...common, resources: resources.signd, command: ["/bin/sh", "-c", PREPARE] },
        },
        identity: user.identity,
        together: volumeGroup(name),
        graceSeconds: GRACE_SECONDS,
        service: [
          { name: "copr-keygen-signd", port: SIGND_PORT, targetPort: SIGND_PORT },
          { name: "copr-keygen-httpd", port: KEYGEN_PORT, targetPort: KEYGEN_PORT },
        ],
        admits: admissionsTo(name),
        reaches: "nothing",
        after: user.after,
      },
      child,
    );
    this.service = workload.service;
    prolongKeys(prolong, args, { ...common, user, together: volumeGroup(name) }, child);
    this.registerOutputs({ service: this.service });
  }
}

/** Pods of the keys' volume are on one node. */
function volumeGroup(name: string): string {
  return `${name}-data`;
}

type Common = Pick<ContainerArgs, "image" | "env"> & { readonly mounts: readonly Mount[] };

function httpd(common: Common, resources: Resources): ContainerArgs {
  const listens = { tcpSocket: { port: KEYGEN_PORT } };
  return {
    ...common,
    resources,
    command: ["/usr/bin/tini", "-s", "--", "/usr/sbin/httpd", "-DFOREGROUND"],
    mounts: [...common.mounts, { scratch: "run-httpd", path: "/run/httpd", sizeLimit: "16Mi" }],
    ports: { httpd: KEYGEN_PORT },
    probes: {
      readiness: { httpGet: { path: "/ping", port: KEYGEN_PORT }, periodSeconds: 10, timeoutSeconds: 5 },
      // Making a key takes a while, and all the threads may be at it.
      liveness: { ...listens, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 6 },
    },
  };
}

function signdProbes(): Probes {
  const listens = { tcpSocket: { port: SIGND_PORT } };
  return {
    // Each look costs the server a process and a line in its log.
    readiness: { ...listens, periodSeconds: 30, timeoutSeconds: 5 },
    liveness: { ...listens, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 },
    startup: { ...listens, periodSeconds: 2, failureThreshold: 30 },
  };
}

/** Keys expire after five years; without this their projects' packages could not be installed any more. */
function prolongKeys(
  name: string,
  args: CoprKeygenArgs,
  common: Common & { readonly user: InstalledUser; readonly together: string },
  child: pulumi.CustomResourceOptions,
): void {
  const { user, ...rest } = common;
  new CronTask(
    name,
    {
      site: args.site,
      ...rest,
      identity: user.identity,
      resources: args.resources.httpd,
      schedule: args.prolongSchedule,
      deadlineSeconds: PROLONG_SECONDS,
      reaches: "nothing",
      command: [
        "/usr/bin/tini",
        "-s",
        "--",
        "/bin/sh",
        "-ec",
        "gpg-copr --check-trustdb --batch\ngpg-copr-prolong",
      ],
    },
    { ...child, dependsOn: [...user.after] },
  );
}
