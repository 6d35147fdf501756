import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { cacheFolder } from "../../tools/setup/cache";
import { pythonWith } from "../../tools/setup/python";
import { DATABASE, postgresServer, type PostgresServer } from "../support/postgres-server";
import { program } from "../support/programs";
import type { Ended } from "../support/sandbox";

const ROOT = resolve(__dirname, "..", "..");
const JOB = resolve(ROOT, "jobs", "copr", "main.py");

/** Makes tables one by one and stamps them last, as Copr's own command does. STOP_AT ends it in between. */
const MANAGE = `#!/bin/sh -e
sql() { psql -XAtqc "$1" "$DSN"; }
echo "$*" >> "$CALLS"
case $1 in
  create-db)
    sql 'CREATE TABLE IF NOT EXISTS "user" (username text, admin boolean)'
    [ "$STOP_AT" != tables ] || exit 137
    sql 'CREATE TABLE IF NOT EXISTS mock_chroot (os_release text, os_version text, arch text)'
    sql 'CREATE TABLE IF NOT EXISTS alembic_version (version_num text)'
    sql "INSERT INTO alembic_version SELECT 'newest' WHERE NOT EXISTS (SELECT FROM alembic_version)" ;;
  create-chroot)
    shift
    for name in "$@"; do
      [ "$name" = no-such-chroot ] || sql "INSERT INTO mock_chroot VALUES (split_part('$name', '-', 1), split_part('$name', '-', 2), split_part('$name', '-', 3))"
    done ;;
  alter-user) sql "UPDATE \\"user\\" SET admin = true WHERE username = '$3'" ;;
esac
`;

const ALEMBIC = `#!/bin/sh -e
echo "alembic $*" >> "$CALLS"
psql -XAtqc "UPDATE alembic_version SET version_num = 'newest'" "$DSN"
`;

/** A database, and the job that gets it ready. */
export interface CoprDatabase {
  readonly server: PostgresServer;
  /** Runs the job. @returns how it ended, and which commands of the application it ran. */
  readonly run: (
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ) => Ended & { readonly calls: readonly string[] };
  /** What the database says its schema is. */
  readonly version: () => string;
}

/** Gives the tests of a `describe` a database, which is empty before each, and the job. */
export function coprDatabase(): () => CoprDatabase {
  const server = postgresServer();
  let python = "";

  before("installs what it talks to the database with", async function () {
    this.timeout(300_000);
    program("python3");
    python = await pythonWith("database", ROOT, cacheFolder()).catch((error: unknown) => {
      if (process.env.CI === "true") throw error;
      return this.skip();
    });
    const { box } = server();
    for (const folder of ["app", "bin"]) mkdirSync(box.path(folder));
    script("app/manage.py", MANAGE);
    script("bin/alembic-3", ALEMBIC);
    const address = `postgresql+psycopg2://${DATABASE}@127.0.0.1:${server().port}/${DATABASE}`;
    writeFileSync(box.path("copr.conf"), `SQLALCHEMY_DATABASE_URI = ${JSON.stringify(address)}\n`);
  });

  beforeEach("empties the database", () => {
    server().sql(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; COMMENT ON DATABASE ${DATABASE} IS NULL`);
  });

  function script(path: string, text: string): void {
    writeFileSync(server().box.path(path), text);
    chmodSync(server().box.path(path), 0o755);
  }

  function run(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Ended & { readonly calls: readonly string[] } {
    const { box, port, programs } = server();
    const calls = box.path("calls");
    writeFileSync(calls, "");
    // Not in the sandbox, whose user cannot read a home folder's cache.
    const { status, stdout, stderr } = spawnSync(python, ["-B", JOB, ...args], {
      encoding: "utf8",
      env: {
        PATH: `${box.path("bin")}:${programs}:${process.env.PATH ?? ""}`,
        COPR_CONFIG: box.path("copr.conf"),
        COPR_FRONTEND_FOLDER: box.path("app"),
        COPR_DATABASE_PATIENCE: "5",
        DSN: `host=127.0.0.1 port=${port} user=${DATABASE} dbname=${DATABASE}`,
        CALLS: calls,
        STOP_AT: "",
        ...env,
      },
    });
    const lines = readFileSync(calls, "utf8").split("\n").filter(Boolean);
    return { status, output: stdout + stderr, calls: lines };
  }

  return () => ({
    server: server(),
    run,
    version: () => server().sql("SELECT version_num FROM alembic_version"),
  });
}
