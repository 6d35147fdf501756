import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";

import { waitFor } from "../support/sandbox";
import { coprDatabase } from "./copr-database";

describe("the database job of Copr", () => {
  const database = coprDatabase();

  it("C1: makes the tables of an empty database, and never again", () => {
    const first = database().run(["--chroot=fedora-43-x86_64"]);
    assert.equal(first.status, 0, first.output);
    assert.deepEqual(first.calls, ["create-db --alembic alembic.ini", "create-chroot fedora-43-x86_64"]);
    const second = database().run(["--chroot=fedora-43-x86_64"]);
    assert.equal(second.status, 0, second.output);
    assert.deepEqual(second.calls, ["alembic upgrade head"]);
  });

  it("C1: brings an old or restored database to the newest schema, and does not call it that", () => {
    database().server.sql(
      `CREATE TABLE "user" (username text, admin boolean); INSERT INTO "user" VALUES ('anna', false), ('bob', NULL);
       CREATE TABLE mock_chroot (os_release text, os_version text, arch text);
       CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('old')`,
    );
    const ended = database().run(["--admin=anna", "--admin=carla"]);
    assert.equal(ended.status, 0, ended.output);
    assert.deepEqual(ended.calls, ["alembic upgrade head", "alter-user --admin anna"]);
    assert.match(ended.output, /^carla has not logged in yet/m);
    assert.equal(database().version(), "newest");
  });

  it("C1: goes on with the tables after it was stopped in the middle of them", () => {
    const stopped = database().run([], { STOP_AT: "tables" });
    assert.equal(stopped.status, 1);
    assert.match(stopped.output, /^error: \.\/manage\.py create-db --alembic alembic\.ini ended with 137$/m);
    assert.equal(database().server.sql("SELECT to_regclass('mock_chroot') IS NULL"), "t");
    const again = database().run([]);
    assert.equal(again.status, 0, again.output);
    assert.deepEqual(again.calls, ["create-db --alembic alembic.ini"]);
    assert.equal(database().version(), "newest");
    assert.deepEqual(database().run([]).calls, ["alembic upgrade head"]);
  });

  it("C1: goes on where a killed run was, in tables and in migrations, and a second run waits meanwhile", async () => {
    const { server, start, run, version } = database();
    const killed = start({ STOP_AT: "hanging-tables" });
    await waitFor(
      () => server.sql(`SELECT to_regclass('"user"') IS NULL`) === "f",
      () => "there are no tables",
    );
    const second = start();
    const waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    await waitFor(
      () => server.sql(waiting) === "1",
      () => "the second run does not wait",
    );
    await killed.kill();
    assert.deepEqual(await second.ended, { status: 0, calls: ["create-db --alembic alembic.ini"] });
    assert.equal(version(), "newest");

    server.sql("UPDATE alembic_version SET version_num = 'old'");
    const migrating = start({ STOP_AT: "hanging-migration" });
    await waitFor(
      () => server.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'") === "1",
      () => "nothing is migrated",
    );
    await migrating.kill();
    assert.equal(version(), "old");
    const again = run([]);
    assert.equal(again.status, 0, again.output);
    assert.deepEqual(again.calls, ["alembic upgrade head"]);
    assert.equal(version(), "newest");
  });

  it("touches no database of somebody else", () => {
    database().server.sql("CREATE TABLE orders (id int)");
    const ended = database().run([]);
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: the database has tables but no version of their schema/m);
    assert.deepEqual(ended.calls, []);
  });

  it("B27: says which chroots could not be made", () => {
    const ended = database().run(["--chroot=fedora-43-x86_64", "--chroot=no-such-chroot"]);
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: these chroots could not be made: no-such-chroot$/m);
  });

  it("B24: says what is wrong when the database cannot be reached", () => {
    const { box } = database().server;
    const address = "postgresql+psycopg2://nobody@127.0.0.1:1/nothing";
    writeFileSync(box.path("elsewhere.conf"), `SQLALCHEMY_DATABASE_URI = ${JSON.stringify(address)}\n`);
    const ended = database().run([], {
      COPR_CONFIG: box.path("elsewhere.conf"),
      COPR_DATABASE_PATIENCE: "1",
    });
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: the database cannot be reached within 1 seconds: .*refused/m);
  });
});
