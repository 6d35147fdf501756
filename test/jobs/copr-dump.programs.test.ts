import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { DATABASE } from "../support/postgres-server";
import { freePort, type Ended, type Running } from "../support/sandbox";
import { coprDatabase } from "./copr-database";

const PROGRAM = resolve(__dirname, "..", "..", "jobs", "copr-dump", "main.py");

/** A Copr of elsewhere: another owner, builds under way, and rows that look like SQL. */
const ELSEWHERE = `
  CREATE TABLE "user" (username text, admin boolean); INSERT INTO "user" VALUES ('GRANT ALL', false);
  CREATE TABLE build (id serial PRIMARY KEY, source_status int);
  INSERT INTO build (source_status) SELECT unnest(ARRAY[0, 1, 2, 3, 4, 6, 7, 9]);
  CREATE TABLE build_chroot (id int, status int); INSERT INTO build_chroot VALUES (1, 3), (2, 1), (3, 9);
  CREATE TABLE mock_chroot (os_release text, os_version text, arch text);
  CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('old');
  CREATE VIEW finished AS SELECT id FROM build WHERE source_status = 1;
  GRANT SELECT ON build TO PUBLIC;
`;

describe("the dump that an empty database is filled with", () => {
  const database = coprDatabase();
  let address = "";

  const connection = (name: string, user: string): string =>
    `host=127.0.0.1 port=${database().server.port} dbname=${name} user=${user}`;
  const sh = (line: string): string => {
    const { box, programs } = database().server;
    const ended = box.run("/bin/sh", ["-ec", line], { PATH: `${programs}:${process.env.PATH ?? ""}` });
    assert.equal(ended.status, 0, ended.output);
    return ended.output.trim();
  };

  before("takes a dump of a Copr elsewhere, and serves it", async () => {
    const { server } = database();
    const { box } = server;
    server.sql("CREATE ROLE someone LOGIN SUPERUSER", "postgres");
    server.sql("CREATE DATABASE elsewhere OWNER someone", "postgres");
    box.write("elsewhere.sql", ELSEWHERE);
    box.write("load.py", readFileSync(PROGRAM, "utf8"));
    sh(`psql -Xq -f elsewhere.sql '${connection("elsewhere", "someone")}'; mkdir www`);
    sh(`pg_dump '${connection("elsewhere", "someone")}' > dump.sql; gzip -c dump.sql > www/dump.gz`);
    sh("head -c 700 www/dump.gz > www/half.gz; cp dump.sql www/plain.gz");
    sh("{ sed '/^COPY/,$ d' dump.sql; echo 'SELECT pg_sleep(600);'; } | gzip -c > www/slow.gz");
    sh("{ cat dump.sql; echo 'SELECT no_such_thing;'; } | gzip -c > www/wrong.gz");
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    const args = ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", box.path("www")];
    await box.start("python3", args, async () => (await fetch(address).catch(() => undefined))?.ok === true);
  });

  const env = (): NodeJS.ProcessEnv => ({
    PATH: `${database().server.programs}:${process.env.PATH ?? ""}`,
    PGHOST: "127.0.0.1",
    PGPORT: String(database().server.port),
    PGUSER: DATABASE,
    PGDATABASE: DATABASE,
  });
  const load = (name: string): Ended =>
    database().server.box.run(
      "python3",
      ["-B", database().server.box.path("load.py"), `${address}/${name}`],
      env(),
    );
  const tables = (): string =>
    database().server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");

  it("C1: fills an empty database once, which the database job then brings to the newest schema", () => {
    const { server, run, version } = database();
    const first = load("dump.gz");
    assert.equal(first.status, 0, first.output);
    assert.match(first.output, /^loaded the dump: 5 tables$/m);
    assert.equal(server.sql('SELECT username FROM "user"'), "GRANT ALL");
    assert.equal(server.sql("SELECT count(*) FROM finished"), "1");
    assert.equal(
      server.sql("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"),
      DATABASE,
    );

    const again = load("dump.gz");
    assert.equal(again.status, 0, again.output);
    assert.match(again.output, /^the database has 5 tables: the dump is left alone$/m);

    const job = run([]);
    assert.equal(job.status, 0, job.output);
    assert.deepEqual(job.calls, ["alembic upgrade head"]);
    assert.equal(version(), "newest");
  });

  it("cancels what was under way, so that thousands of builds do not start", () => {
    assert.equal(load("dump.gz").status, 0);
    const { server } = database();
    assert.equal(
      server.sql("SELECT string_agg(source_status::text, ',' ORDER BY id) FROM build"),
      "0,1,2,2,2,2,2,2",
    );
    assert.equal(server.sql("SELECT string_agg(status::text, ',' ORDER BY id) FROM build_chroot"), "2,1,2");
  });

  it("is in one transaction: nothing stays of one that was killed in the middle", async () => {
    const { server } = database();
    const { box } = server;
    const sleeps = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    const running: Running = await box.start(
      "python3",
      ["-B", box.path("load.py"), `${address}/slow.gz`],
      () => server.sql(sleeps, "postgres") === "1",
      env(),
    );
    running.process.kill("SIGKILL");
    server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
      "postgres",
    );
    assert.equal(tables(), "0");
    assert.equal(load("dump.gz").status, 0);
    assert.equal(tables(), "5");
  });

  for (const [what, name, complaint] of [
    ["cut off", "half.gz", /^error: http.*half\.gz: .*: the database is as it was$/m],
    ["no dump", "plain.gz", /^error: http.*plain\.gz: .*: the database is as it was$/m],
    ["not there", "nothing.gz", /^error: http.*nothing\.gz: HTTP Error 404.*: the database is as it was$/m],
    ["wrong in its last line", "wrong.gz", /no_such_thing[^]*^error: psql failed with code 3: the database/m],
  ] as const) {
    it(`leaves the database empty when the dump is ${what}`, () => {
      const ended = load(name);
      assert.equal(ended.status, 1, ended.output);
      assert.match(ended.output, complaint);
      assert.equal(tables(), "0");
    });
  }
});
