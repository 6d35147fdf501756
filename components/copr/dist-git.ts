import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { ContainerArgs, Resources } from "../platform/container";
import { ConfigFiles, SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import {
  coprDistGitConfig,
  DIST_GIT_FOLDER,
  distGitConfig,
  type DistGitConfig,
  type GitAuthor,
} from "./config/dist-git";
import { admissionsTo, type DataComponents, DIST_GIT_PORT, reachesFrom } from "./connections";
import { distGitJobs, type DistGitSchedules } from "./dist-git-jobs";
import { forget, forgetMount } from "./forget";
import { LOG_FOLLOWER, logFollower, type LogFolders, logMounts } from "./log-follower";
import { titleProbes } from "./process-title";
import { installUser, USERS } from "./users";

const PORT_NAME = "copr-distgit-http";

/** Folder of imports' logs, which pages link to for two weeks. */
const TASK_LOG_FOLDER = "/var/lib/copr-dist-git";

/** Folder of the list of repositories, which the dispatcher writes and cgit reads (B12). */
const CGIT_FOLDER = `${TASK_LOG_FOLDER}/cgit`;

/** Seconds for the imports that are going on. */
const GRACE_SECONDS = 300;

const LOGS: LogFolders = {
  "/var/log/httpd": { volume: "httpd-logs", files: "*log" },
  "/var/log/copr-dist-git": { volume: "dist-git-logs", files: "*.log" },
};

const PREPARE =
  `mkdir -p ${DIST_GIT_FOLDER}/cache/lookaside/pkgs ${DIST_GIT_FOLDER}/git ` +
  `${TASK_LOG_FOLDER}/per-task-logs ${TASK_LOG_FOLDER}/cgit`;

export interface CoprDistGitArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** Public host name, for which the router has the certificate. */
  readonly host: string;
  readonly config: Omit<DistGitConfig, "frontendAuth" | "taskLogFolder" | "logFolder" | "cgitCacheFolder">;
  /** The frontend's `BACKEND_PASSWORD`. */
  readonly frontendAuth: pulumi.Input<string>;
  readonly author: GitAuthor;
  readonly data: DataComponents;
  /** Sizes of the volumes with sources, and with imports' logs. */
  readonly storage: { readonly sources: string; readonly logs: string };
  readonly resources: { readonly dispatcher: Resources; readonly httpd: Resources };
  readonly schedules: DistGitSchedules;
  /** The program that forgets what the dead have left, by file name. */
  readonly programs: Readonly<Record<string, string>>;
  /** What must be there before imports: frontend and key-value store. */
  readonly after: readonly pulumi.Resource[];
}

/** Keeps the sources of packages: imports them, and serves them to builders and to whoever looks at them. */
export class CoprDistGit extends pulumi.ComponentResource {
  /** Host name within the namespace. */
  readonly service: pulumi.Output<string>;

  /** @param name - Name of all objects, `copr-distgit`. */
  constructor(name: string, args: CoprDistGitArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:DistGit", name, {}, opts);
    const { site, image, host, resources, storage } = args;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.distGit, accounts: [name] }, child);
    const sources = claim(`${name}-data`, { site, component: name, storage: storage.sources }, child);
    const logs = claim(`${name}-logs`, { site, component: name, storage: storage.logs }, child);
    const common: Pick<ContainerArgs, "image"> & { readonly mounts: readonly Mount[] } = {
      image,
      mounts: [
        { volume: "data", path: DIST_GIT_FOLDER, claim: sources.metadata.name },
        { volume: "task-logs", path: TASK_LOG_FOLDER, claim: logs.metadata.name },
        { scratch: "tmp", path: "/tmp", sizeLimit: "8Gi" },
        ...logMounts(LOGS),
      ],
    };
    const configured = [...common.mounts, ...configuration(name, args, child), ...dispatcherFolders()];
    const together = `${name}-data`;
    const own = { ...common, mounts: [user.mount, ...common.mounts] };
    const workload = new Workload(
      name,
      {
        site,
        ...common,
        containerName: "imports",
        resources: resources.dispatcher,
        command: [
          ...["/usr/bin/tini", "-s", "--"],
          ...forget({ redisHost: args.config.redis.host, keys: ["import_worker:*"] }, [
            "/usr/bin/copr-run-dispatcher-dist-git",
            "imports",
          ]),
        ],
        mounts: [user.mount, ...configured, forgetMount(name, site, args.programs, child)],
        probes: titleProbes("Import dispatcher"),
        sidecars: { httpd: httpd(name, own, args, child), [LOG_FOLLOWER]: logFollower(image, LOGS) },
        init: {
          prepare: { ...own, resources: resources.httpd, command: ["/bin/sh", "-c", PREPARE] },
        },
        identity: user.identity,
        together,
        graceSeconds: GRACE_SECONDS,
        service: [{ name: PORT_NAME, port: DIST_GIT_PORT, targetPort: DIST_GIT_PORT }],
        admits: admissionsTo(name),
        reaches: reachesFrom(name, args.data),
        after: [...user.after, ...args.after],
      },
      child,
    );
    this.service = workload.service;
    distGitJobs(
      {
        site,
        schedules: args.schedules,
        frontend: args.config.urls.frontend,
        data: args.data,
        resources: resources.dispatcher,
        common: { image, mounts: configured },
        together,
        folders: { logs: `${TASK_LOG_FOLDER}/per-task-logs`, cgit: CGIT_FOLDER },
      },
      child,
    );
    const port = { name: PORT_NAME, number: DIST_GIT_PORT };
    site.platform.expose(name, { site, host, tls: "edge", service: this.service, port }, child);
    this.registerOutputs({ service: this.service });
  }
}

/** The dispatcher's configuration; the server of sources gets none of it, as it holds a password. */
function configuration(name: string, args: CoprDistGitArgs, child: pulumi.CustomResourceOptions): Mount[] {
  const { site, author } = args;
  const text = pulumi.output(args.frontendAuth).apply((frontendAuth) =>
    coprDistGitConfig({
      ...args.config,
      frontendAuth,
      taskLogFolder: `${TASK_LOG_FOLDER}/per-task-logs`,
      cgitCacheFolder: CGIT_FOLDER,
    }),
  );
  const secret = new SecretFiles(
    `${name}-copr-config`,
    { site, data: { "copr-dist-git.conf": text } },
    child,
  );
  const scripts = new ConfigFiles(
    `${name}-config`,
    { site, data: { "dist-git.conf": distGitConfig(author) } },
    child,
  );
  return [
    { path: "/etc/copr", files: [{ from: secret }] },
    { path: "/etc/dist-git/dist-git.conf", files: [{ from: scripts }], subPath: "dist-git.conf" },
  ];
}

function dispatcherFolders(): Mount[] {
  return [
    { scratch: "home", path: USERS.distGit.home, sizeLimit: "64Mi" },
    { scratch: "locks", path: "/var/lock/copr-dist-git", sizeLimit: "16Mi" },
  ];
}

function httpd(
  name: string,
  common: Pick<ContainerArgs, "image"> & { readonly mounts: readonly Mount[] },
  args: CoprDistGitArgs,
  child: pulumi.CustomResourceOptions,
): ContainerArgs {
  const listens = { tcpSocket: { port: DIST_GIT_PORT } };
  const cgit = new ConfigFiles(`${name}-cgit`, { site: args.site, data: { cgitrc: cgitrc() } }, child);
  return {
    ...common,
    resources: args.resources.httpd,
    // git's and cgit's processes are its children's, which tini collects.
    command: ["/usr/bin/tini", "-s", "--", "/usr/sbin/httpd", "-DFOREGROUND"],
    mounts: [
      ...common.mounts,
      { path: "/etc/cgitrc", files: [{ from: cgit }], subPath: "cgitrc" },
      { scratch: "run-httpd", path: "/run/httpd", sizeLimit: "16Mi" },
    ],
    ports: { http: DIST_GIT_PORT },
    probes: {
      readiness: {
        httpGet: { path: "/per-task-logs/", port: DIST_GIT_PORT },
        periodSeconds: 10,
        timeoutSeconds: 5,
      },
      liveness: { ...listens, periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 4 },
    },
  };
}

/** What cgit shows: the repositories of the list that the dispatcher keeps on a volume of both (B12). */
function cgitrc(): string {
  return [
    "virtual-root=/cgit",
    "css=/cgit-data/cgit.css",
    "logo=/cgit-data/cgit.png",
    "favicon=/cgit-data/favicon.ico",
    "cache-size=0",
    `include=${CGIT_FOLDER}/repo-configuration.rc`,
    "",
  ].join("\n");
}
