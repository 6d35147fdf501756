import assert from "node:assert/strict";
import { once } from "node:events";

import { databaseJobs, FOLDER } from "./database";

/** Rows enough for two parts of an upload: random bytes do not become smaller. */
const MANY_ROWS = `
  DROP TABLE IF EXISTS builds CASCADE;
  CREATE TABLE builds (id serial PRIMARY KEY, status text NOT NULL, log bytea);
  INSERT INTO builds (status, log)
  SELECT 'success', decode(string_agg(md5(random()::text), ''), 'hex')
  FROM generate_series(1, 18) AS build, generate_series(1, 65536) GROUP BY build;
  CREATE INDEX builds_status ON builds (status);
  CREATE VIEW finished AS SELECT id FROM builds WHERE status = 'success';
`;
const DIGEST = "SELECT count(*), md5(string_agg(id || status || md5(log), ',' ORDER BY id)) FROM builds";

describe("the nightly backup", () => {
  const jobs = databaseJobs();

  before(() => {
    jobs().server.sql(MANY_ROWS);
  });

  it("D54: stores a generation, streamed in parts, and restore brings the same rows back", async () => {
    const { server, store, run } = jobs();
    const before = server.sql(DIGEST);
    const made = run(["backup"]);
    assert.equal(made.status, 0, made.output);
    assert.match(
      made.output,
      /^stored generation \d{8}T\d{6}Z: [2-4]\d{7} bytes in packit--test\/packit\/\d/,
    );
    assert.equal((await store.keys()).length, 1);
    assert.equal(await store.openUploads(), 0);

    server.sql("DROP VIEW finished; DROP TABLE builds");
    const restored = run(["restore"]);
    assert.equal(restored.status, 0, restored.output);
    assert.equal(server.sql(DIGEST), before);
    // Sequences, indexes and views are back too.
    assert.equal(server.sql("INSERT INTO builds (status) VALUES ('new') RETURNING id"), "19");
    assert.equal(server.sql("SELECT count(*) FROM finished"), "18");
    assert.equal(server.sql("SELECT 1 FROM pg_indexes WHERE indexname = 'builds_status'"), "1");
  });

  it("lists what is there, for programs", async () => {
    const { store, run } = jobs();
    const [key = ""] = await store.keys();
    const { output } = run(["list"]);
    const [only, ...others] = JSON.parse(output) as { generation: string; bytes: number }[];
    assert.deepEqual(others, []);
    assert.equal(`${FOLDER}/${only?.generation ?? ""}.dump`, key);
    assert.equal(only?.bytes, (await store.get(key)).length);
  });

  it("replaces what the database holds only when told to", () => {
    const { server, run } = jobs();
    server.sql("CREATE TABLE later (id int); INSERT INTO later VALUES (1)");
    const refused = run(["restore"]);
    assert.equal(refused.status, 1);
    assert.match(
      refused.output,
      /^error: the database holds data in 2 tables \(builds, later\): give --replace/,
    );
    assert.equal(server.sql("SELECT count(*) FROM later"), "1");

    const replaced = run(["restore", "--replace"]);
    assert.equal(replaced.status, 0, replaced.output);
    assert.equal(server.sql("SELECT to_regclass('later') IS NULL"), "t");
    assert.equal(server.sql("SELECT count(*) FROM builds"), "18");
  });

  it("takes tables without rows for an empty database, as an API leaves it that has just started", () => {
    const { server, run } = jobs();
    server.sql(
      "TRUNCATE builds; CREATE TABLE alembic_version (n text); INSERT INTO alembic_version VALUES ('1')",
    );
    const { status, output } = run(["restore"]);
    assert.equal(status, 0, output);
    assert.equal(server.sql("SELECT count(*) FROM builds"), "18");
  });

  for (const [what, generation, damage] of [
    ["broken", "20200101T000000Z", (dump: Buffer) => dump.fill(0, dump.length >> 1)],
    ["cut off", "20200102T000000Z", (dump: Buffer) => dump.subarray(0, dump.length >> 1)],
  ] as const) {
    it(`leaves the database as it was when the generation is ${what}`, async () => {
      const { server, store, run } = jobs();
      const good = (await store.keys()).at(-1) ?? "";
      await store.put({ [`${FOLDER}/${generation}.dump`]: damage(await store.get(good)) });
      const before = server.sql(DIGEST);
      const { status, output } = run(["restore", "--generation", generation, "--replace"]);
      assert.equal(status, 1, output);
      assert.match(output, /error: .*: the database is as it was/);
      assert.equal(server.sql(DIGEST), before);
    });
  }

  it("leaves the database as it was when services that still run hold it", async () => {
    const { server, run } = jobs();
    const before = server.sql(DIGEST);
    const release = await server.lock("builds");
    const { status, output } = run(["restore", "--replace"]);
    release();
    assert.equal(status, 1, output);
    assert.match(output, /canceling statement due to lock timeout[^]*error: psql failed/);
    assert.equal(server.sql(DIGEST), before);
  });

  it("says which generations there are when it is asked for another", () => {
    const { status, output } = jobs().run(["restore", "--generation", "20190101T000000Z", "--replace"]);
    assert.equal(status, 1);
    assert.match(output, /there is no generation 20190101T000000Z; the newest are \d{8}T\d{6}Z, 20200102T/);
  });
});

describe("a backup that does not end well", () => {
  const jobs = databaseJobs();

  before(() => {
    jobs().server.sql("CREATE TABLE builds AS SELECT generate_series(1, 10) AS id");
  });

  /** Starts a backup that waits for a table, with its upload begun. */
  async function waitingBackup() {
    const { server, store, start } = jobs();
    const release = await server.lock("builds");
    const waits = "SELECT count(*) FROM pg_locks WHERE relation = 'builds'::regclass AND NOT granted";
    const backup = await start(["backup"], () => server.sql(waits, "postgres") === "1");
    assert.equal(await store.openUploads(), 1);
    return { backup, release };
  }

  it("D54: leaves nothing behind when it is told to stop", async () => {
    const { store } = jobs();
    const { backup, release } = await waitingBackup();
    backup.process.kill("SIGTERM");
    await once(backup.process, "exit");
    assert.equal(backup.process.exitCode, 143);
    assert.deepEqual(await store.keys(), []);
    assert.equal(await store.openUploads(), 0);
    release();
  });

  it("fails, and stores nothing, when the database goes away", async () => {
    const { server, store } = jobs();
    const { backup, release } = await waitingBackup();
    const killed = once(backup.process, "exit");
    server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pg_dump'",
      "postgres",
    );
    await killed;
    assert.equal(backup.process.exitCode, 1);
    assert.match(backup.output(), /error: pg_dump failed with code 1: no backup was stored/);
    assert.deepEqual(await store.keys(), []);
    assert.equal(await store.openUploads(), 0);
    release();
  });

  it("is no generation when it is killed at once", async () => {
    const { store, run } = jobs();
    const { backup, release } = await waitingBackup();
    backup.process.kill("SIGKILL");
    await once(backup.process, "exit");
    release();
    assert.deepEqual(await store.keys(), []);
    assert.equal(run(["list"]).output.trim(), "[]");
    assert.equal(run(["restore"]).status, 1);
    // What it had begun belongs to a run that could still be at work, and goes a day later.
    assert.equal(await store.openUploads(), 1);
  });

  it("says what the store has refused, and shows no secret", async () => {
    const { store, run } = jobs();
    const { status, output } = run(["backup"], { AWS_SECRET_ACCESS_KEY: "wrong-but-secret" });
    assert.equal(status, 1);
    assert.match(output, /^error: GET 127\.0\.0\.1:\d+\/backups: 403 .*SignatureDoesNotMatch/);
    assert.ok(!output.includes("wrong-but-secret"));
    assert.deepEqual(await store.keys(), []);
  });
});

describe("generations", () => {
  const jobs = databaseJobs();

  it("D54: a backup keeps the newest of 7 days, 4 weeks and 6 months, and nothing else of its own", async () => {
    const { store, run } = jobs();
    const nights = Array.from({ length: 250 }, (_, night) => nightBefore(night + 1));
    await store.put({
      ...Object.fromEntries(nights.map((name) => [`${FOLDER}/${name}.dump`, "PGDMP"])),
      [`${FOLDER}/notes.txt`]: "not a backup",
      [`elsewhere/${nights.at(-1) ?? ""}.dump`]: "of another instance",
    });
    const { status, output } = run(["backup"]);
    assert.equal(status, 0, output);

    const keys = await store.keys();
    assert.ok(keys.includes(`${FOLDER}/notes.txt`));
    assert.ok(keys.includes(`elsewhere/${nights.at(-1) ?? ""}.dump`));
    const kept = keys.flatMap((key) => /^packit--test\/packit\/(\d{8}T.+)\.dump$/.exec(key)?.[1] ?? []);
    const [newest = ""] = kept.slice(-1);
    const all = [...nights, newest].sort().reverse();
    const newestOf = (period: (name: string) => string, count: number): string[] =>
      [...new Map([...all].reverse().map((name) => [period(name), name])).values()].sort().slice(-count);
    assert.deepEqual(
      kept,
      [
        ...new Set([
          ...newestOf((name) => name.slice(0, 8), 7),
          ...newestOf((name) => mondayOf(name), 4),
          ...newestOf((name) => name.slice(0, 6), 6),
        ]),
      ].sort(),
    );
  });
});

/** The generation of a night, so many nights ago. */
function nightBefore(nights: number): string {
  const moment = new Date(Date.now() - nights * 86_400_000);
  moment.setUTCHours(1, 0, 0, 0);
  return moment.toISOString().replace(/[-:]|\.\d+/g, "");
}

/** The Monday of a generation's week, which is the same for all of the week. */
function mondayOf(name: string): string {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(name) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000).toISOString();
}
