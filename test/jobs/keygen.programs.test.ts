import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { program } from "../support/programs";
import { type Ended, sandbox } from "../support/sandbox";
import { s3Store } from "../support/s3-store";

const JOBS = resolve(__dirname, "..", "..", "jobs");
const FOLDER = "copr--test/signing-keys";

/** A project's key, as keygen calls it. */
const PROJECT = "anna#tools@copr.fedorahosted.org";

describe("the backup of the signing keys", () => {
  program("tar");
  program("gpg");
  program("python3");
  // Before the folder is removed, in which they are found.
  after("ends gpg's helpers", () => {
    for (const home of ["outside", "keys/gnupg", "restored/gnupg"]) sh("gpgconf --kill all || true", home);
  });

  const box = sandbox();
  const store = s3Store("copr-backups");

  /** Runs a command line, with gpg's folder. */
  const sh = (line: string, home = "keys/gnupg"): Ended =>
    box().run("/bin/sh", ["-ec", line], { GNUPGHOME: box().path(home), HOME: box().folder });
  const done = (ended: Ended): string => {
    assert.equal(ended.status, 0, ended.output);
    return ended.output.trim();
  };
  const newKey = (name: string, kind = "rsa2048 default 5y"): string =>
    `gpg --batch --quiet --passphrase '' --quick-generate-key '${name}' ${kind}`;

  /** The command that a person has keygen's pod run, with the program's text as an argument. */
  const unpack = (option = "", archive = "stored.tar"): string =>
    `python3 -c "$(cat jobs/unpack.py)" restored ${option} < ${archive}`;

  /** Runs the job's program. */
  function run(args: readonly string[], env: Record<string, string> = {}): Ended {
    const { endpoint, bucket, accessKeyId, secretAccessKey } = store();
    return box().run("python3", ["-B", box().path("jobs/main.py"), ...args], {
      KEYS_FOLDER: box().path("keys"),
      RECIPIENT_FILE: box().path("recipient.asc"),
      S3_ENDPOINT: endpoint,
      S3_REGION: "us-east-1",
      S3_BUCKET: bucket,
      S3_PREFIX: "copr--test",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      KEEP_DAILY: "7",
      KEEP_WEEKLY: "4",
      KEEP_MONTHLY: "6",
      ...env,
    });
  }

  before("has somebody outside the cluster, and a project with a key", () => {
    for (const folder of ["backup", "keygen"])
      cpSync(`${JOBS}/${folder}`, box().path("jobs"), {
        recursive: true,
        filter: (path) => !path.includes("__"),
      });
    mkdirSync(box().path("jobs/none"));
    chmodSync(box().folder, 0o777);
    done(sh("umask 077; mkdir -p keys/gnupg keys/phrases outside"));
    done(
      sh(
        `${newKey("backup@example.org", "future-default default never")}; gpg --armor --export > recipient.asc`,
        "outside",
      ),
    );
  });

  it("C30: waits for the first key", async () => {
    const ended = run(["backup"]);
    assert.equal(done(ended), "there are no keys yet");
    assert.deepEqual(await store().keys(), []);
  });

  it("C30: stores the keys so that the bucket's readers cannot read them", async () => {
    done(sh(newKey("ben#tools@copr.fedorahosted.org")));
    done(sh(`${newKey(PROJECT)}; echo phrase > 'keys/phrases/${PROJECT}'; echo > 'keys/phrases/S.lock'`));
    assert.match(done(run(["backup"])), /^stored generation \d{8}T\d{6}Z: \d+ bytes in copr--test\/signing/);
    const [key = "", ...others] = await store().keys();
    assert.deepEqual(others, []);
    assert.match(key, new RegExp(`^${FOLDER}/\\d{8}T\\d{6}Z\\.tar\\.gpg$`));
    assert.equal((await store().get(key)).includes("private-keys-v1.d"), false);
    const listed = JSON.parse(done(run(["list"]))) as { generation: string; bytes: number }[];
    assert.deepEqual(
      listed.map(({ generation, bytes }) => [`${FOLDER}/${generation}.tar.gpg`, bytes]),
      [[key, (await store().get(key)).length]],
    );
    writeFileSync(box().path("stored.gpg"), await store().get(key));
    assert.match(sh("gpg --batch --decrypt stored.gpg").output, /No secret key/);
  });

  it("C30: brings back keys that sign, with the programs that everybody has", () => {
    const decrypted = "gpg --batch --quiet --decrypt stored.gpg > stored.tar";
    done(sh(decrypted, "outside"));
    const names = done(sh("tar --list --file stored.tar")).split("\n");
    assert.equal(names[0], "gnupg/pubring.kbx", "public keys come first");
    assert.equal(names.filter((name) => name === "gnupg/pubring.kbx").length, 1);
    assert.ok(names.includes(`phrases/${PROJECT}`) && names.includes("phrases/S.lock"), names.join());
    assert.ok(!names.some((name) => /S\.gpg|random_seed|#lk/.test(name)), names.join());

    done(sh("mkdir restored"));
    const unpacked = done(sh(unpack()));
    assert.equal(unpacked, "restored 2 keys");
    assert.equal(done(sh("stat -c %a restored/gnupg restored/phrases")), "700\n700");
    done(
      sh(
        `echo rpm > package; gpg --batch --local-user '=${PROJECT}' --detach-sign package`,
        "restored/gnupg",
      ),
    );
    done(sh("gpg --batch --verify package.sig package"));
  });

  it("puts keys that are there aside, and only when told so", () => {
    const refused = sh(unpack());
    assert.equal(refused.status, 1);
    assert.match(refused.output, /^error: restored holds 2 keys: give --replace/);
    assert.match(done(sh(unpack("--replace"))), /^restored 2 keys, those of before are in restored\/before/);
    assert.equal(done(sh("ls restored/before-restore-*/gnupg/private-keys-v1.d | wc -l")), "2");
  });

  it("leaves the keys as they are when half of the archive is missing", () => {
    const before = done(sh("find restored -type f | sort"));
    const ended = sh(`head -c 3000 stored.tar > half.tar; ${unpack("--replace", "half.tar")}`);
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: not a whole archive: .*: restored is as it was$/m);
    assert.equal(done(sh("find restored -type f | sort")), before);
  });

  for (const [what, recipient] of [
    ["is none", "no key"],
    ["is missing", undefined],
  ] as const) {
    it(`stores nothing when the recipient's key ${what}`, async () => {
      if (recipient !== undefined) writeFileSync(box().path("other.asc"), recipient);
      const before = await store().keys();
      const ended = run(["backup"], { RECIPIENT_FILE: box().path(recipient ? "other.asc" : "nowhere.asc") });
      assert.equal(ended.status, 1, ended.output);
      assert.match(ended.output, /^error: gpg failed with code 2: no backup was stored$/m);
      assert.deepEqual(await store().keys(), before);
      assert.equal(await store().openUploads(), 0);
    });
  }

  it("C30: does not replace backups by an empty volume", async () => {
    const before = await store().keys();
    const ended = run(["backup"], { KEYS_FOLDER: box().path("jobs/none") });
    assert.equal(ended.status, 1);
    assert.match(ended.output, /^error: .*\/none holds no keys any more: no backup was stored/m);
    assert.deepEqual(await store().keys(), before);
  });

  it("gives a generation out as it is stored", async () => {
    const [key = ""] = await store().keys();
    const generation = /(\d{8}T\d{6}Z)/.exec(key)?.[1] ?? "";
    assert.equal(run(["fetch", "--generation", generation]).status, 0);
    const unknown = run(["fetch", "--generation", "20190101T000000Z"]);
    assert.match(unknown.output, /^error: there is no generation 20190101T000000Z; the newest are /m);
  });
});
