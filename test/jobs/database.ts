import { cpSync } from "node:fs";
import { resolve } from "node:path";

import { DATABASE, postgresServer, type PostgresServer } from "../support/postgres-server";
import { program } from "../support/programs";
import type { Ended, Running } from "../support/sandbox";
import { s3Store, type S3Store } from "../support/s3-store";

/** Folders of the programs that jobs of the cluster run on the database; there they are in one. */
const PROGRAMS = ["backup", "database"].map((name) => resolve(__dirname, "..", "..", "jobs", name));

/** Where backups of the tests go. */
export const FOLDER = `packit--test/${DATABASE}`;

/** A database, a store, and the programs between them. */
export interface Jobs {
  readonly server: PostgresServer;
  readonly store: S3Store;
  /** Runs the program to its end. */
  readonly run: (args: readonly string[], env?: NodeJS.ProcessEnv) => Ended;
  /** Runs a command line beside the programs, which are in `jobs/`. */
  readonly shell: (line: string, env?: NodeJS.ProcessEnv) => Ended;
  /** Starts the program, and waits until `ready`. */
  readonly start: (args: readonly string[], ready: () => Promise<boolean> | boolean) => Promise<Running>;
}

/** Gives the tests of a `describe` a database, a store and the programs. */
export function databaseJobs(): () => Jobs {
  program("python3");
  const server = postgresServer();
  const store = s3Store("backups");
  before(() => {
    for (const folder of PROGRAMS)
      cpSync(folder, server().box.path("jobs"), { recursive: true, filter: (path) => !path.includes("__") });
  });
  const command = () => ["-B", server().box.path("jobs/main.py")];
  const env = () => environment(server(), store());
  return () => ({
    server: server(),
    store: store(),
    // By name: one in a home folder cannot be run without privileges, and the next one is taken.
    run: (args, more = {}) => server().box.run("python3", [...command(), ...args], { ...env(), ...more }),
    shell: (line, more = {}) => server().box.run("/bin/sh", ["-ec", line], { ...env(), ...more }),
    start: (args, ready) => server().box.start("python3", [...command(), ...args], ready, env()),
  });
}

/** What the pod's environment would be. */
function environment(server: PostgresServer, store: S3Store): Record<string, string> {
  return {
    PATH: `${server.programs}:${process.env.PATH ?? ""}`,
    POSTGRESQL_HOST: "127.0.0.1",
    POSTGRESQL_PORT: String(server.port),
    POSTGRESQL_USER: DATABASE,
    POSTGRESQL_PASSWORD: "unused",
    POSTGRESQL_DATABASE: DATABASE,
    S3_ENDPOINT: store.endpoint,
    S3_REGION: "us-east-1",
    S3_BUCKET: store.bucket,
    S3_PREFIX: "packit--test",
    AWS_ACCESS_KEY_ID: store.accessKeyId,
    AWS_SECRET_ACCESS_KEY: store.secretAccessKey,
    KEEP_DAILY: "7",
    KEEP_WEEKLY: "4",
    KEEP_MONTHLY: "6",
  };
}
