import assert from "node:assert/strict";
import { appendFileSync, existsSync } from "node:fs";

import { runMocked } from "../../support/mocks";
import { program } from "../../support/programs";
import { freePort, sandbox, waitFor, type Ended, type Running } from "../../support/sandbox";
import { database } from "./fixtures";

const DATA_FOLDER = "/var/lib/pgsql/data/userdata";

describe("PostgreSQL with packit.conf", () => {
  const programs = {
    initdb: program("initdb"),
    postgres: program("postgres"),
    pg_ctl: program("pg_ctl"),
    pg_isready: program("pg_isready"),
    psql: program("psql"),
  };
  const box = sandbox();
  let port: number;
  let server: Running;
  let container: {
    livenessProbe: { exec: { command: string[] } };
    lifecycle: { preStop: { exec: { command: string[] } } };
  };

  before(async () => {
    const stack = await runMocked(() => database("postgres-15", { storage: "2Gi" }));
    container = stack.object("Deployment", "postgres-15").spec.template.spec.containers[0];
    const conf = box().write(
      "packit.conf",
      stack.object("ConfigMap", "postgres-15-config").data["packit.conf"],
    );
    port = await freePort();
    const made = box().run(programs.initdb, [
      "--pgdata",
      box().path("data"),
      "--auth=trust",
      "--username=postgres",
    ]);
    assert.equal(made.status, 0, made.output);
    appendFileSync(
      box().path("data/postgresql.conf"),
      [
        "listen_addresses = '127.0.0.1'",
        `port = ${port}`,
        "unix_socket_directories = ''",
        // As the packages have it that the image is made of.
        "logging_collector = on",
        "log_directory = 'log'",
        `include '${conf}'`,
        "",
      ].join("\n"),
    );
    server = await box().start(
      programs.postgres,
      ["-D", box().path("data")],
      () => query("SELECT 1").status === 0,
    );
  });

  function query(sql: string): Ended {
    return box().run(programs.psql, ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres", "-Atc", sql]);
  }

  /** Runs a probe or hook of the container as if in it. */
  function runInContainer(command: readonly string[]): Ended {
    const [name = "", ...args] = command;
    const shell = args.map((arg) =>
      arg
        .replace(DATA_FOLDER, box().path("data"))
        .replace("pg_isready", `${programs.pg_isready} --port=${port}`)
        .replace("--timeout=8", "--timeout=1"),
    );
    return box().run(name === "pg_ctl" ? programs.pg_ctl : name, shell, { PGUSER: "postgres" });
  }

  it("takes every setting", () => {
    const values = {
      random_page_cost: "1.1",
      effective_io_concurrency: "200",
      max_wal_size: "1GB",
      min_wal_size: "256MB",
    };
    for (const [name, value] of Object.entries(values)) {
      assert.equal(query(`SHOW ${name}`).output.trim(), value, name);
    }
    assert.equal(query("SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL").output, "");
  });

  it("shows its log, and keeps none beside the data", () => {
    query("SELECT no_such_column");
    assert.match(server.output(), /column "no_such_column" does not exist/);
    assert.equal(existsSync(box().path("data/log")), false);
  });

  it("D09: is alive while it answers, and not when it hangs", () => {
    const probe = container.livenessProbe.exec.command;
    assert.equal(runInContainer(probe).status, 0);
    server.process.kill("SIGSTOP");
    try {
      assert.notEqual(runInContainer(probe).status, 0);
    } finally {
      server.process.kill("SIGCONT");
    }
  });

  it("stops in time although a client stays, and without a need for recovery", async () => {
    const client = ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres", "-Atc", "SELECT pg_sleep(600)"];
    await box().start(
      programs.psql,
      client,
      () => query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep%'").output.trim() === "2",
    );
    const stopped = runInContainer(container.lifecycle.preStop.exec.command);
    assert.equal(stopped.status, 0, stopped.output);
    await waitFor(
      () => server.process.exitCode === 0,
      () => server.output(),
    );
    assert.match(server.output(), /database system is shut down/);
  });
});
