import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { EnvValue, Probes, Resources } from "../platform/container";
import { ConfigFiles, type SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { postgresConf } from "./postgres-conf";
import { inMebibytes, MEBIBYTE, quantity } from "../platform/quantity";

/** Port of the server and of its Service. */
export const POSTGRES_PORT = 5432;

/** Home of the image's user: what it generates at each start, and below it the volume. */
const HOME = "/var/lib/pgsql";

/** The dashboard's usage page needs about 100 MB of shared memory, and the runtime's default is 64 MB (D01). */
const SHARED_MEMORY_BYTES = 128 * MEBIBYTE;

/** The share of the memory limit that shared memory may take, beside the quarter of `shared_buffers`. */
const SHARED_MEMORY_SHARE = 0.25;

/** A fast shutdown writes a checkpoint first; a crash recovery at the next start would take longer. */
const GRACE_SECONDS = 120;
const SHUTDOWN_SECONDS = 100;

/** Ends the sessions of clients; a server that is just told to stop waits until they have gone, and is killed. */
const FAST_SHUTDOWN = [
  "pg_ctl",
  "stop",
  "--mode=fast",
  `--timeout=${SHUTDOWN_SECONDS}`,
  `--pgdata=${HOME}/data/userdata`,
];

export interface PostgresArgs {
  readonly site: Site;
  /** An image of sclorg's family, `quay.io/sclorg/postgresql-<version>-c9s`, of the version in the name. */
  readonly image: ContainerImage;
  /** Size of the volume, for example `8Gi`. It can grow later, never shrink. */
  readonly storage: string;
  /** The memory limit is at least 512Mi: shared memory counts against it. */
  readonly resources: Resources;
  /** Secret with the keys `database-user`, `database-password` and `database-name`. */
  readonly credentials: SecretFiles;
  /** Components that may connect. */
  readonly clients: readonly string[];
}

/**
 * One PostgreSQL server of one major version, with a volume of its own. A new version is a second one beside it,
 * with another name; clients reach the one that {@link DatabaseService} points at (D19).
 */
export class Postgres extends pulumi.ComponentResource {
  /** Name of its objects and value of the selector label. */
  readonly component: string;

  /**
   * @param name - Name of all objects, with the version, for example `postgres-15`.
   * @throws Error when the memory limit leaves no room for shared memory.
   */
  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:data:Postgres", name, {}, opts);
    checkMemory(name, args.resources);
    this.component = name;
    const { site, storage } = args;
    const child = { parent: this };

    const volume = claim(name, { site, component: name, storage }, child);
    const conf = new ConfigFiles(
      `${name}-config`,
      { site, data: { "packit.conf": postgresConf({ storage }) } },
      child,
    );
    new Workload(
      name,
      {
        site,
        containerName: "postgres",
        image: args.image,
        resources: args.resources,
        env: environment(args.credentials),
        ports: { postgres: POSTGRES_PORT },
        probes: probes(),
        mounts: mounts(volume.metadata.name, conf),
        preStop: FAST_SHUTDOWN,
        graceSeconds: GRACE_SECONDS,
        admits: [{ port: POSTGRES_PORT, components: args.clients }],
      },
      child,
    );
    this.registerOutputs({});
  }
}

function checkMemory(name: string, resources: Resources): void {
  const least = SHARED_MEMORY_BYTES / SHARED_MEMORY_SHARE;
  if (quantity(resources.limits.memory) >= least) return;
  throw new Error(
    `${name}: a memory limit of ${resources.limits.memory} leaves no room for ` +
      `${inMebibytes(SHARED_MEMORY_BYTES)} of shared memory: set it to at least ${inMebibytes(least)}`,
  );
}

function environment(credentials: SecretFiles): Record<string, EnvValue> {
  return {
    POSTGRESQL_USER: { from: credentials, key: "database-user" },
    POSTGRESQL_PASSWORD: { from: credentials, key: "database-password" },
    POSTGRESQL_DATABASE: { from: credentials, key: "database-name" },
    // Lets the kernel kill a single backend for memory rather than the server that it belongs to.
    PG_OOM_ADJUST_FILE: "/proc/self/oom_score_adj",
  };
}

/** Everything that the image writes to is a volume; its root stays read-only. */
function mounts(volume: pulumi.Input<string>, conf: ConfigFiles): Mount[] {
  return [
    // The start script writes `passwd` and its generated configuration here.
    { scratch: "home", path: HOME, sizeLimit: "16Mi" },
    { volume: "data", path: `${HOME}/data`, claim: volume },
    { path: "/opt/app-root/src/postgresql-cfg", files: [{ from: conf }] },
    // The server's socket and its lock.
    { scratch: "run", path: "/var/run/postgresql", sizeLimit: "16Mi" },
    { scratch: "tmp", path: "/tmp", sizeLimit: "64Mi" },
    {
      scratch: "shared-memory",
      path: "/dev/shm",
      sizeLimit: inMebibytes(SHARED_MEMORY_BYTES),
      memory: true,
    },
  ];
}

function probes(): Probes {
  const acceptsConnections = { exec: { command: ["/usr/libexec/check-container"] } };
  return {
    // Making a database, or recovering one after a crash, may take long and must not be interrupted.
    startup: { ...acceptsConnections, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 360 },
    readiness: { ...acceptsConnections, periodSeconds: 10, timeoutSeconds: 10 },
    liveness: {
      // The image's own `check-container --live` never fails. A server that answers is alive, even if it
      // answers (1) that it takes no connections just now.
      exec: { command: ["bash", "-c", "pg_isready --quiet --host=127.0.0.1 --timeout=8; test $? -le 1"] },
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: 6,
    },
  };
}
