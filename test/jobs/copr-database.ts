import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { cacheFolder } from "../../tools/setup/cache";
import { pythonWith } from "../../tools/setup/python";
import { DATABASE, postgresServer, type PostgresServer } from "../support/postgres-server";
import { program } from "../support/programs";
import type { Ended } from "../support/sandbox";

const ROOT = resolve(__dirname, "..", "..");
const JOB = resolve(ROOT, "jobs", "copr", "main.py");

/** Makes tables one by one and stamps them last, as Copr's own command does. STOP_AT ends it in between, or lets it hang. */
const MANAGE = `#!/bin/sh -e
sql() { psql -XAtqc "$1" "$DSN"; }
echo "$*" >> "$CALLS"
case $1 in
  create-db)
    sql 'CREATE TABLE IF NOT EXISTS "user" (username text, admin boolean)'
    [ "$STOP_AT" != tables ] || exit 137
    [ "$STOP_AT" != hanging-tables ] || sleep 600
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

/** Migrates in one transaction. */
const ALEMBIC = `#!/bin/sh -e
echo "alembic $*" >> "$CALLS"
{
  echo "BEGIN; ALTER TABLE mock_chroot ADD COLUMN comment text; UPDATE alembic_version SET version_num = 'newest';"
  [ "$STOP_AT" != hanging-migration ] || sleep 600
  echo "COMMIT;"
} | psql -XAtq -v ON_ERROR_STOP=1 "$DSN"
`;

/** A run of the job that goes on. */
export interface Started {
  /** Kills it as the kernel does a pod: all of it, at once. */
  readonly kill: () => Promise<void>;
  /** Its end, and which commands of the application have run since the calls were last emptied. */
  readonly ended: Promise<{ readonly status: number | null; readonly calls: readonly string[] }>;
}

/** A database, and the job that gets it ready. */
export interface CoprDatabase {
  readonly server: PostgresServer;
  /** Runs the job. @returns how it ended, and which commands of the application it ran. */
  readonly run: (
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ) => Ended & { readonly calls: readonly string[] };
  /** Starts it with everything that it starts, to be killed together; what it runs then counts with the next one's. */
  readonly start: (env?: NodeJS.ProcessEnv) => Started;
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

  function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const { box, port, programs } = server();
    return {
      PATH: `${box.path("bin")}:${programs}:${process.env.PATH ?? ""}`,
      COPR_CONFIG: box.path("copr.conf"),
      COPR_FRONTEND_FOLDER: box.path("app"),
      COPR_DATABASE_PATIENCE: "5",
      DSN: `host=127.0.0.1 port=${port} user=${DATABASE} dbname=${DATABASE}`,
      CALLS: box.path("calls"),
      STOP_AT: "",
      ...env,
    };
  }

  const calls = (): string[] => readFileSync(server().box.path("calls"), "utf8").split("\n").filter(Boolean);

  // Not in the sandbox, whose user cannot read a home folder's cache.
  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): ReturnType<CoprDatabase["run"]> {
    writeFileSync(server().box.path("calls"), "");
    const { status, stdout, stderr } = spawnSync(python, ["-B", JOB, ...args], {
      encoding: "utf8",
      env: environment(env),
    });
    return { status, output: stdout + stderr, calls: calls() };
  }

  function start(env: NodeJS.ProcessEnv = {}): Started {
    writeFileSync(server().box.path("calls"), "");
    // A group of its own, which is killed as a whole.
    const child = spawn(python, ["-B", JOB], { stdio: "ignore", detached: true, env: environment(env) });
    const ended = once(child, "exit").then(([status]) => ({
      status: status as number | null,
      calls: calls(),
    }));
    return {
      ended,
      kill: async () => {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        await ended;
      },
    };
  }

  return () => ({
    server: server(),
    run,
    start,
    version: () => server().sql("SELECT version_num FROM alembic_version"),
  });
}
