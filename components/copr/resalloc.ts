import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { ContainerArgs, Probes, Resources } from "../platform/container";
import { ConfigFiles, type Files, SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import type { Credentials } from "./aws/builder-identity";
import { AWS_FOLDER, AWS_TOKEN_FOLDER, awsConfig, awsCredentials } from "./config/aws-profile";
import { type BuilderConfig, distGitClientConfig, rpmbuildConfig } from "./config/builder";
import { BUILDER_FILES, builderPlaybook, type BuilderPlaybook } from "./config/builder-playbook";
import { builderSshConfig } from "./config/builder-ssh";
import { type Pools, poolsConfig } from "./config/pools";
import { resallocServerConfig } from "./config/resalloc-server";
import { admissionsTo, type DataComponents, reachesFrom, RESALLOC_PORT } from "./connections";
import { housekeeping, HOUSEKEEPING } from "./housekeeping";
import { RESALLOC_CONFIG, RESALLOC_DATA, RESALLOC_LOGS } from "./resalloc-paths";
import { installUser, USERS } from "./users";

/** Whom AWS wants tokens to be made for. */
const AUDIENCE = "sts.amazonaws.com";

/** Folder of what is needed to make a builder of a machine. */
const BUILDER_FOLDER = "/etc/copr-builder-files";

/** Starts that are going on end their machines. */
const GRACE_SECONDS = 90;

/**
 * Gathers the logs of builders' starts and ends, and shows them. The server's own log is on its standard error as
 * well, so the file is emptied.
 */
const TIDY = `/usr/libexec/resalloc-merge-hook-logs
test ! -f ${RESALLOC_LOGS}/hooks.log || { cat ${RESALLOC_LOGS}/hooks.log; : > ${RESALLOC_LOGS}/hooks.log; }
: > ${RESALLOC_LOGS}/main.log
`;

/** Path of the playbook of a pool, by the pool's name in resalloc. */
export function playbookPath(pool: string): string {
  return `${BUILDER_FOLDER}/${playbookFile(pool)}`;
}

function playbookFile(pool: string): string {
  return `${pool}.yml`;
}

export interface ResallocArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** By names that no other Copr's begin with. Their commands name {@link playbookPath} and the profile `default`. */
  readonly pools: pulumi.Input<Pools>;
  /** What makes builders of machines, for each of the pools. */
  readonly machines: Readonly<Record<string, Pick<BuilderPlaybook, "user" | "swap" | "mockTmpfs">>>;
  /** What builders know of this Copr. */
  readonly builder: BuilderConfig;
  /** Public part of the key that builders let in, in OpenSSH's form. */
  readonly publicKey: pulumi.Input<string>;
  /** Secret with the key `id` that builders let in. */
  readonly builderKey: Files;
  /** Networks in which builders are, in CIDR notation. @default anywhere */
  readonly builderNetworks?: readonly string[];
  /** Where builders are, and with whose rights. @default there are none */
  readonly aws?: {
    readonly region: string;
    /** Address of a server of the API that is not AWS. @default AWS */
    readonly endpoint?: string;
    readonly credentials: Credentials;
  };
  readonly data: DataComponents;
  /** Size of the volume with the list of builders. */
  readonly storage: string;
  readonly resources: Resources;
  /** When the logs of starts and ends are gathered, in cron's five fields and UTC. */
  readonly tidySchedule: string;
  /** The program that runs commands by schedule, by file name. */
  readonly programs: Readonly<Record<string, string>>;
  /** What must be there before machines start: the public hosts that they ask, key pair, security group, rights. */
  readonly after: readonly pulumi.Resource[];
}

/** Starts and ends builders, and hands them out to the backend. */
export class Resalloc extends pulumi.ComponentResource {
  /** Host name within the namespace. */
  readonly service: pulumi.Output<string>;
  /** `server.yaml` and `pools.yaml`, for the web pages too. */
  readonly config: Files;
  /** The volume with the list of builders. */
  readonly claim: pulumi.Output<string>;

  /** @param name - Name of all objects, `resalloc`. */
  constructor(name: string, args: ResallocArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Resalloc", name, {}, opts);
    const { site, image } = args;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.resalloc, accounts: [name] }, child);
    const volume = claim(`${name}-data`, { site, component: name, storage: args.storage }, child);
    this.claim = volume.metadata.name;
    const pools = pulumi.output(args.pools).apply(poolsConfig);
    this.config = new ConfigFiles(
      `${name}-config`,
      { site, data: { "server.yaml": resallocServerConfig(), "pools.yaml": pools } },
      child,
    );
    const logs: Mount = { scratch: "logs", path: RESALLOC_LOGS, sizeLimit: "512Mi" };
    const workload = new Workload(
      name,
      {
        site,
        image,
        containerName: "server",
        resources: args.resources,
        command: ["/usr/bin/resalloc-server"],
        env: environment(),
        mounts: [
          user.mount,
          { path: RESALLOC_CONFIG, files: [{ from: this.config }] },
          { volume: "data", path: RESALLOC_DATA, claim: this.claim },
          logs,
          { scratch: "home", path: USERS.resalloc.home, sizeLimit: "256Mi" },
          { scratch: "tmp", path: "/tmp", sizeLimit: "256Mi" },
          ...builderMounts(name, args, child),
          ...awsMounts(name, args, child),
        ],
        ports: { resalloc: RESALLOC_PORT },
        probes: probes(),
        sidecars: {
          [HOUSEKEEPING]: housekeeping(
            name,
            {
              site,
              image,
              programs: args.programs,
              tasks: [{ name: "tidy", schedule: args.tidySchedule, command: ["/bin/sh", "-ec", TIDY] }],
              mounts: [user.mount, logs],
              resources: SMALL,
            },
            child,
          ),
        },
        identity: user.identity,
        // The image has no tini, and ansible and ssh leave processes behind: the pod's first one collects them.
        shareProcesses: true,
        together: resallocGroup(name),
        graceSeconds: GRACE_SECONDS,
        service: [{ name: "resalloc", port: RESALLOC_PORT, targetPort: RESALLOC_PORT }],
        admits: admissionsTo(name),
        reaches: reachesFrom(name, args.data, args.builderNetworks),
        after: [...user.after, ...args.after],
      },
      child,
    );
    this.service = workload.service;
    this.registerOutputs({ service: this.service });
  }
}

/** Pods that have the list of builders are on one node. */
export function resallocGroup(name: string): string {
  return `${name}-data`;
}

/** For a shell that runs for a second an hour. */
const SMALL: Resources = {
  requests: { cpu: "5m", memory: "24Mi" },
  limits: { cpu: "100m", memory: "64Mi" },
};

function environment(): NonNullable<ContainerArgs["env"]> {
  return {
    HOME: USERS.resalloc.home,
    CONFIG_DIR: RESALLOC_CONFIG,
    AWS_CONFIG_FILE: `${AWS_FOLDER}/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${AWS_FOLDER}/credentials`,
    // Machines have no name but an address that another one had before.
    ANSIBLE_HOST_KEY_CHECKING: "False",
    ANSIBLE_NOCOLOR: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

function probes(): Probes {
  const listens = { tcpSocket: { port: RESALLOC_PORT } };
  return {
    startup: { ...listens, periodSeconds: 3, failureThreshold: 40 },
    readiness: { ...listens, periodSeconds: 10, timeoutSeconds: 5 },
    liveness: { ...listens, periodSeconds: 30, timeoutSeconds: 5 },
  };
}

/** Key and ssh's configuration, in the home that ssh takes from the passwd entry; playbooks, and what they bring. */
function builderMounts(name: string, args: ResallocArgs, child: pulumi.CustomResourceOptions): Mount[] {
  const { site, builder, machines } = args;
  const folder = `${USERS.resalloc.home}/.ssh`;
  const text = builderSshConfig({ identityFile: `${folder}/id`, controlFolder: "/tmp" });
  const ssh = new ConfigFiles(`${name}-ssh`, { site, data: { config: text } }, child);
  const files = new ConfigFiles(
    `${name}-builder`,
    {
      site,
      data: {
        [BUILDER_FILES.rpmbuild]: rpmbuildConfig(builder),
        [BUILDER_FILES.distGitClient]: distGitClientConfig(builder.urls),
        [BUILDER_FILES.authorizedKeys]: pulumi.output(args.publicKey).apply((key) => `${key.trim()}\n`),
        ...Object.fromEntries(
          Object.entries(machines).map(([pool, machine]) => [
            playbookFile(pool),
            builderPlaybook({ ...machine, folder: BUILDER_FOLDER }),
          ]),
        ),
      },
    },
    child,
  );
  return [
    { path: folder, files: [{ from: ssh }, { from: args.builderKey, items: { id: "id" } }] },
    { path: BUILDER_FOLDER, files: [{ from: files }] },
  ];
}

/** The AWS client's files; with a role, the token that it is exchanged for, and no key at all (S18). */
function awsMounts(name: string, args: ResallocArgs, child: pulumi.CustomResourceOptions): Mount[] {
  const { site, aws } = args;
  if (aws === undefined) return [];
  const { credentials, region, endpoint } = aws;
  if (credentials.kind === "role") {
    const config = credentials.roleArn.apply((roleArn) => awsConfig({ region, endpoint, roleArn }));
    const files = new ConfigFiles(`${name}-aws`, { site, data: { config } }, child);
    return [
      { path: AWS_FOLDER, files: [{ from: files }] },
      { token: "aws-token", path: AWS_TOKEN_FOLDER, audience: AUDIENCE },
    ];
  }
  const { accessKeyId, secretAccessKey } = credentials;
  const keys = pulumi.all([accessKeyId, secretAccessKey]).apply(([id, secret]) => awsCredentials(id, secret));
  const data = { config: awsConfig({ region, endpoint }), credentials: keys };
  const files = new SecretFiles(`${name}-aws`, { site, data }, child);
  return [{ path: AWS_FOLDER, files: [{ from: files }] }];
}
