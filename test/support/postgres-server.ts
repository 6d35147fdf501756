import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { dirname } from "node:path";

import { program } from "./programs";
import { freePort, sandbox, type Ended, type Sandbox } from "./sandbox";

/** A PostgreSQL of this machine with one database, whose owner may do no more than in a cluster. */
export interface PostgresServer {
  readonly box: Sandbox;
  readonly port: number;
  /** Folder of its programs. */
  readonly programs: string;
  /** Runs SQL in the database as its owner; rows as lines. */
  sql(text: string, user?: string): string;
  /** Has somebody else lock a table. @returns what makes them let go. */
  lock(table: string): Promise<() => void>;
}

/** Name of the database, and of its owner. */
export const DATABASE = "packit";

/** Gives the tests of a `describe` a server. */
export function postgresServer(): () => PostgresServer {
  const programs = dirname(program("initdb"));
  const box = sandbox();
  let server: PostgresServer | undefined;
  before("starts PostgreSQL", async () => {
    const port = await freePort();
    const data = box().path("data");
    const run = (name: string, ...args: readonly string[]): Ended => box().run(`${programs}/${name}`, args);
    const made = run("initdb", "--pgdata", data, "--auth=trust", "--username=postgres", "--no-sync");
    assert.equal(made.status, 0, made.output);
    appendFileSync(
      `${data}/postgresql.conf`,
      `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = ''\nfsync = off\n`,
    );
    const psql = (user: string, database: string, text: string): Ended =>
      run("psql", "-h", "127.0.0.1", "-p", String(port), "-U", user, "-d", database, "-XAtqc", text);
    await box().start(
      `${programs}/postgres`,
      ["-D", data],
      () => psql("postgres", "postgres", "SELECT").status === 0,
    );
    const sql = (text: string, user = DATABASE): string => {
      const { status, output } = psql(user, DATABASE, text);
      assert.equal(status, 0, output);
      return output.trim();
    };
    server = {
      box: box(),
      port,
      programs,
      sql,
      lock: async (table) => {
        const text = `BEGIN; LOCK TABLE ${table}; SELECT pg_sleep(600)`;
        const args = ["-h", "127.0.0.1", "-p", String(port), "-U", DATABASE, "-d", DATABASE, "-Xqc", text];
        const held = `SELECT count(*) FROM pg_locks WHERE relation = '${table}'::regclass AND granted`;
        await box().start(`${programs}/psql`, args, () => sql(held, "postgres") === "1");
        // The server would go on sleeping after its client has gone.
        return () =>
          void sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
            "postgres",
          );
      },
    };
    assert.equal(psql("postgres", "postgres", `CREATE ROLE ${DATABASE} LOGIN`).status, 0);
    assert.equal(psql("postgres", "postgres", `CREATE DATABASE ${DATABASE} OWNER ${DATABASE}`).status, 0);
  });
  return () => {
    if (server === undefined) throw new Error("the server is there for tests and hooks only");
    return server;
  };
}
