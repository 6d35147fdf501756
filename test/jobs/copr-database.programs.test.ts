import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { cacheFolder } from "../../tools/setup/cache";
import { pythonWith } from "../../tools/setup/python";
import { DATABASE, postgresServer } from "../support/postgres-server";
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

describe("the database job of Copr", function () {
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

  function script(path: string, text: string): void {
    writeFileSync(server().box.path(path), text);
    chmodSync(server().box.path(path), 0o755);
  }

  beforeEach("empties the database", () => {
    server().sql(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; COMMENT ON DATABASE ${DATABASE} IS NULL`);
  });

  /** Runs the job. @returns how it ended, and which commands of the application it ran. */
  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Ended & { readonly calls: string[] } {
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

  const version = (): string => server().sql("SELECT version_num FROM alembic_version");

  it("C1: makes the tables of an empty database, and never again", () => {
    const first = run(["--chroot=fedora-43-x86_64"]);
    assert.equal(first.status, 0, first.output);
    assert.deepEqual(first.calls, ["create-db --alembic alembic.ini", "create-chroot fedora-43-x86_64"]);
    const second = run(["--chroot=fedora-43-x86_64"]);
    assert.equal(second.status, 0, second.output);
    assert.deepEqual(second.calls, ["alembic upgrade head"]);
  });

  it("C1: brings an old or restored database to the newest schema, and does not call it that", () => {
    server().sql(
      `CREATE TABLE "user" (username text, admin boolean); INSERT INTO "user" VALUES ('anna', false), ('bob', NULL);
       CREATE TABLE mock_chroot (os_release text, os_version text, arch text);
       CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('old')`,
    );
    const ended = run(["--admin=anna", "--admin=carla"]);
    assert.equal(ended.status, 0, ended.output);
    assert.deepEqual(ended.calls, ["alembic upgrade head", "alter-user --admin anna"]);
    assert.match(ended.output, /^carla has not logged in yet/m);
    assert.equal(version(), "newest");
  });

  it("C1: goes on with the tables after it was stopped in the middle of them", () => {
    const stopped = run([], { STOP_AT: "tables" });
    assert.equal(stopped.status, 1);
    assert.match(stopped.output, /^error: \.\/manage\.py create-db --alembic alembic\.ini ended with 137$/m);
    assert.equal(server().sql("SELECT to_regclass('mock_chroot') IS NULL"), "t");
    const again = run([]);
    assert.equal(again.status, 0, again.output);
    assert.deepEqual(again.calls, ["create-db --alembic alembic.ini"]);
    assert.equal(version(), "newest");
    assert.deepEqual(run([]).calls, ["alembic upgrade head"]);
  });

  it("touches no database of somebody else", () => {
    server().sql("CREATE TABLE orders (id int)");
    const ended = run([]);
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: the database has tables but no version of their schema/m);
    assert.deepEqual(ended.calls, []);
  });

  it("B27: says which chroots could not be made", () => {
    const ended = run(["--chroot=fedora-43-x86_64", "--chroot=no-such-chroot"]);
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: these chroots could not be made: no-such-chroot$/m);
  });

  it("B24: says what is wrong when the database cannot be reached", () => {
    const { box } = server();
    const address = "postgresql+psycopg2://nobody@127.0.0.1:1/nothing";
    writeFileSync(box.path("elsewhere.conf"), `SQLALCHEMY_DATABASE_URI = ${JSON.stringify(address)}\n`);
    const ended = run([], { COPR_CONFIG: box.path("elsewhere.conf"), COPR_DATABASE_PATIENCE: "1" });
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: the database cannot be reached within 1 seconds: .*refused/m);
  });
});
