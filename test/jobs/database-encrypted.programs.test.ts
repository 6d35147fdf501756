import assert from "node:assert/strict";

import { program } from "../support/programs";
import type { Ended } from "../support/sandbox";
import { databaseJobs, FOLDER } from "./database";

/** More than one part of an upload: random bytes do not become smaller. */
const ROWS = `
  CREATE TABLE builds AS
  SELECT build AS id, decode(string_agg(md5(random()::text), ''), 'hex') AS log
  FROM generate_series(1, 18) AS build, generate_series(1, 65536) GROUP BY build;
`;
const DIGEST = "SELECT count(*), md5(string_agg(id || md5(log), ',' ORDER BY id)) FROM builds";

describe("the nightly backup for somebody outside the cluster", () => {
  program("gpg");
  // Before the folder is removed, in which they are found.
  after("ends gpg's helpers", () => {
    outside("gpgconf --kill all || true");
  });

  const jobs = databaseJobs();
  const path = (name: string): string => jobs().server.box.path(name);
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Ended =>
    jobs().run(args, { RECIPIENT_FILE: path("recipient.asc"), ...env });

  /** Runs a command line on the machine with the private key, of which the cluster knows nothing. */
  const outside = (line: string): Ended => jobs().shell(line, { GNUPGHOME: path("outside") });

  /** Runs what a person has the database's pod run, with the program's text as an argument. */
  const load = (dump: string, option = ""): Ended =>
    jobs().shell(`python3 -c "$(cat jobs/load.py)" ${option} < ${dump}`);

  const done = (ended: Ended): string => {
    assert.equal(ended.status, 0, ended.output);
    return ended.output.trim();
  };

  before("has somebody outside, and a database", () => {
    jobs().server.sql(ROWS);
    done(
      outside(
        "mkdir -m 700 outside; gpg --batch --quiet --passphrase '' --quick-generate-key backup@example.org " +
          "future-default default never; gpg --armor --export > recipient.asc",
      ),
    );
  });

  it("C30: stores a dump that the bucket's readers cannot read, and no other", async () => {
    const { shell, store } = jobs();
    assert.match(
      done(run(["backup"])),
      /^stored generation \d{8}T\d{6}Z: [2-4]\d{7} bytes in packit--test\/packit\/.+\.dump\.gpg$/,
    );
    const [key = "", ...others] = await store.keys();
    assert.deepEqual(others, []);
    assert.match(key, new RegExp(`^${FOLDER}/\\d{8}T\\d{6}Z\\.dump\\.gpg$`));
    const stored = await store.get(key);
    assert.equal(stored.includes("PGDMP"), false);
    const listed = JSON.parse(done(run(["list"]))) as { bytes: number }[];
    assert.deepEqual(
      listed.map(({ bytes }) => bytes),
      [stored.length],
    );
    done(shell("RECIPIENT_FILE=recipient.asc python3 -B jobs/main.py fetch > stored.gpg"));
    const inside = shell("mkdir -m 700 inside; gpg --homedir inside --batch --decrypt stored.gpg");
    assert.match(inside.output, /No secret key/);
  });

  it("C30: brings the same rows back, once they are decrypted outside", () => {
    const { server } = jobs();
    const before = server.sql(DIGEST);
    done(outside("gpg --batch --quiet --output dump --decrypt stored.gpg"));
    server.sql("UPDATE builds SET log = 'lost'");
    const full = load("dump");
    assert.equal(full.status, 1);
    assert.match(full.output, /^error: the database holds data in 1 tables \(builds\): give --replace/);
    assert.equal(done(load("dump", "--replace")), "restored 1 tables with data");
    assert.equal(server.sql(DIGEST), before);
  });

  it("leaves the database as it was when half of the dump is missing", () => {
    const { server, shell } = jobs();
    const before = server.sql(DIGEST);
    done(shell("head -c 20000000 dump > half"));
    const { status, output } = load("half", "--replace");
    assert.equal(status, 1, output);
    assert.match(output, /^error: pg_restore failed with code 1: the database is as it was$/m);
    assert.equal(server.sql(DIGEST), before);
  });

  it("says of a restore within the cluster that nothing there can decrypt", () => {
    const { status, output } = run(["restore", "--replace"]);
    assert.equal(status, 1);
    assert.match(output, /^error: the generations are encrypted .*copr-backups\.md/);
  });

  for (const [what, env, message] of [
    [
      "the recipient's key is missing",
      { RECIPIENT_FILE: "/nowhere.asc" },
      /error: gpg failed with code 2: no/,
    ],
    ["the dump fails", { POSTGRESQL_PORT: "1" }, /error: pg_dump failed with code 1: no backup was stored/],
  ] as const) {
    it(`stores nothing when ${what}`, async () => {
      await storesNothing(run(["backup"], env), message);
    });
  }

  it("stores nothing when the image has no gpg", async () => {
    const line = 'PATH=/nowhere RECIPIENT_FILE=recipient.asc "$(command -v python3)" -B jobs/main.py backup';
    await storesNothing(jobs().shell(line), /error: the image has no gpg, .*: no backup was stored/);
  });

  /** All that the store holds is the first test's. */
  async function storesNothing({ status, output }: Ended, message: RegExp): Promise<void> {
    const { store } = jobs();
    assert.equal(status, 1, output);
    assert.match(output, message);
    assert.equal((await store.keys()).length, 1);
    assert.equal(await store.openUploads(), 0);
  }
});
