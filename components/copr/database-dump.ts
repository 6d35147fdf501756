import * as pulumi from "@pulumi/pulumi";

import { POSTGRES_PORT } from "../data/postgres";
import { portOf } from "../data/backup-store";
import type { Resources } from "../platform/container";
import { ConfigFiles, type SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { runOnce, type TaskArgs } from "../platform/task";
import { type DataComponents, reachesFrom } from "./connections";

const PROGRAMS_FOLDER = "/jobs";

/** Tries in new pods: what a try that was stopped had loaded is gone with it. */
const RETRIES = 2;

/** A whole instance's dump has some gigabytes, and its indexes take longest. */
const DEADLINE_MINUTES = 240;

/** The dump passes through line by line; psql needs no more. */
const RESOURCES: Resources = {
  requests: { cpu: "50m", memory: "64Mi" },
  limits: { cpu: "1", memory: "256Mi" },
};

export interface CoprDatabaseDumpArgs {
  readonly site: Site;
  /** The server's own: its psql knows what the server takes, and its start script brings Python along. */
  readonly image: ContainerImage;
  /** Address of a dump in SQL, as gzip. */
  readonly dump: string;
  /** Secret with the keys `database-user`, `database-password` and `database-name`. */
  readonly database: SecretFiles;
  /** The server's host. */
  readonly host: string;
  readonly data: DataComponents;
  /** The program by file name, `main.py`. */
  readonly programs: Readonly<Record<string, string>>;
  /** The database. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Fills an empty database with a dump, before the database job brings it to the newest schema. A database that has
 * tables is left alone, so that it does no harm later.
 */
export class CoprDatabaseDump extends pulumi.ComponentResource {
  /** Done when the dump is there. */
  readonly job: pulumi.Resource;

  /** @param name - Name of all objects, `copr-database-dump`. */
  constructor(name: string, args: CoprDatabaseDumpArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:DatabaseDump", name, {}, opts);
    const { site, database, dump } = args;
    const child = { parent: this };
    const programs = new ConfigFiles(`${name}-programs`, { site, data: args.programs }, child);
    const reached = reachesFrom(name, args.data);
    const task: TaskArgs = {
      site,
      image: args.image,
      resources: RESOURCES,
      deadlineSeconds: DEADLINE_MINUTES * 60,
      retries: RETRIES,
      reaches: [...(reached === "nothing" ? [] : reached), { port: portOf(dump) }],
      command: ["python3", "-B", `${PROGRAMS_FOLDER}/main.py`],
      args: [dump],
      env: {
        PGHOST: args.host,
        PGPORT: String(POSTGRES_PORT),
        PGUSER: { from: database, key: "database-user" },
        PGPASSWORD: { from: database, key: "database-password" },
        PGDATABASE: { from: database, key: "database-name" },
      },
      mounts: [{ path: PROGRAMS_FOLDER, files: [{ from: programs }] }],
    };
    this.job = runOnce(name, task, args.after, child);
    this.registerOutputs({});
  }
}
