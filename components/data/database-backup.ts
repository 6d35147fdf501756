import * as pulumi from "@pulumi/pulumi";

import type { Reach } from "../platform/access";
import type { EnvValue, Resources } from "../platform/container";
import { CronTask } from "../platform/cron-task";
import { ConfigFiles, type SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { recipientOf } from "./backup-recipient";
import { storeEnvironment, type StoreArgs } from "./backup-store";
import { POSTGRES_PORT } from "./postgres";

/** Where the programs are in the pod. */
const FOLDER = "/jobs";

/** The dump passes through in parts of 16 MiB, two at a time; pg_dump and pg_restore need as much again. */
const RESOURCES: Resources = {
  requests: { cpu: "20m", memory: "96Mi" },
  limits: { cpu: "1", memory: "512Mi" },
};

export interface DatabaseBackupArgs extends StoreArgs {
  readonly site: Site;
  /**
   * The server's own: pg_dump must not be older than it, its start script brings Python along, and its package manager
   * gpg.
   */
  readonly image: ContainerImage;
  /** The programs by file name, `main.py` and what it imports. */
  readonly programs: Readonly<Record<string, string>>;
  /** When, in cron's five fields and UTC. */
  readonly schedule: string;
  /** Minutes after which a backup, or a restore, has failed. */
  readonly deadlineMinutes: number;
  /** Secret with the keys `database-user`, `database-password`, `database-name`, and `database-host` without `host`. */
  readonly database: SecretFiles;
  /** The server's host. @default as the Secret says */
  readonly host?: string;
  /**
   * Public key in OpenPGP's ASCII form, of somebody outside the cluster, who alone can read the dumps then.
   * @default dumps are stored as they are
   */
  readonly recipient?: string;
  /** Whom its pods may connect to: the server and the store. @default everybody */
  readonly reaches?: readonly Reach[];
}

/**
 * Stores a dump of the database every night and keeps generations of them (D54). The dump streams to the store and is
 * there whole or not at all; a run that failed is a failed Job. A restore is a Job of the same form with other words,
 * unless the dumps are encrypted: then it starts where the private key is.
 */
export class DatabaseBackup extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `database-backup`. The server must admit it. */
  constructor(name: string, args: DatabaseBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:data:DatabaseBackup", name, {}, opts);
    const { site, image, recipient: key, schedule } = args;
    const child = { parent: this };
    const programs = new ConfigFiles(`${name}-programs`, { site, data: args.programs }, child);
    const recipient = key === undefined ? undefined : recipientOf(name, site, key, child);
    new CronTask(
      name,
      {
        site,
        image,
        schedule,
        deadlineSeconds: args.deadlineMinutes * 60,
        resources: RESOURCES,
        command: ["python3", "-B", `${FOLDER}/main.py`],
        args: ["backup"],
        env: { ...environment(args), ...recipient?.env },
        mounts: [{ path: FOLDER, files: [{ from: programs }] }, ...(recipient?.mounts ?? [])],
        ...(args.reaches && { reaches: args.reaches }),
      },
      child,
    );
    this.registerOutputs({});
  }
}

function environment(args: DatabaseBackupArgs): Record<string, EnvValue> {
  const { database, host } = args;
  return {
    POSTGRESQL_HOST: host ?? { from: database, key: "database-host" },
    POSTGRESQL_PORT: String(POSTGRES_PORT),
    POSTGRESQL_USER: { from: database, key: "database-user" },
    POSTGRESQL_PASSWORD: { from: database, key: "database-password" },
    POSTGRESQL_DATABASE: { from: database, key: "database-name" },
    ...storeEnvironment(args),
  };
}
