import assert from "node:assert/strict";

import { DatabaseBackup } from "../../../components/data/database-backup";
import { SecretFiles } from "../../../components/platform/files";
import { runMocked, type Stack } from "../../support/mocks";
import { site } from "./fixtures";

/** One, with a recipient where its key is given. */
function deployed(recipient?: string): Promise<Stack> {
  return runMocked(() => {
    const secret = (name: string, ...keys: readonly string[]): SecretFiles =>
      new SecretFiles(name, { site, data: Object.fromEntries(keys.map((key) => [key, "hidden-value"])) }, {});
    return new DatabaseBackup("database-backup", {
      site,
      image: { reference: "quay.io/sclorg/postgresql-15-c9s@sha256:1" },
      programs: { "main.py": "print('backup')" },
      schedule: "0 1 * * *",
      deadlineMinutes: 120,
      store: {
        endpoint: "https://s3.example.org",
        region: "us-east-1",
        bucket: "backups",
        prefix: "packit--stg",
      },
      keep: { daily: 7, weekly: 4, monthly: 6 },
      database: secret(
        "postgres-secret",
        "database-user",
        "database-password",
        "database-host",
        "database-name",
      ),
      credentials: secret("aws", "access-key-id", "secret-access-key"),
      ...(recipient !== undefined && { recipient }),
    });
  });
}

describe("DatabaseBackup", () => {
  let stack: Stack;
  before(async () => {
    stack = await deployed();
  });
  const job = () => stack.object("CronJob", "database-backup").spec.jobTemplate.spec;
  const container = () => job().template.spec.containers[0];

  it("runs the program from its ConfigMap, in the server's own image", () => {
    assert.equal(container().image, "quay.io/sclorg/postgresql-15-c9s@sha256:1");
    assert.deepEqual(
      [...container().command, ...container().args],
      ["python3", "-B", "/jobs/main.py", "backup"],
    );
    assert.deepEqual(stack.object("ConfigMap", "database-backup-programs").data, {
      "main.py": "print('backup')",
    });
  });

  it("D54: needs no disk at all, and has a deadline", () => {
    assert.deepEqual(
      job().template.spec.volumes.map((volume: { name: string; emptyDir?: unknown }) => [
        volume.name,
        volume.emptyDir,
      ]),
      [["database-backup-programs", undefined]],
    );
    assert.equal(job().activeDeadlineSeconds, 7200);
  });

  it("D25: reads keys and password from Secrets alone", () => {
    const env = container().env as { name: string; valueFrom?: { secretKeyRef: { name: string } } }[];
    const secrets = Object.fromEntries(
      env.flatMap(({ name, valueFrom }) => (valueFrom ? [[name, valueFrom.secretKeyRef.name]] : [])),
    );
    assert.equal(secrets.AWS_SECRET_ACCESS_KEY, "aws");
    assert.equal(secrets.POSTGRESQL_PASSWORD, "postgres-secret");
    assert.ok(!JSON.stringify(stack.object("CronJob", "database-backup")).includes("hidden-value"));
  });

  it("C30: hands the program the key that it encrypts for, and room for gpg", async () => {
    const encrypting = await deployed("-----BEGIN PGP PUBLIC KEY BLOCK-----");
    const { containers, volumes } = encrypting.object("CronJob", "database-backup").spec.jobTemplate.spec
      .template.spec;
    const mount = containers[0].volumeMounts.find(
      ({ mountPath }: { mountPath: string }) => mountPath === "/etc/backup-recipient",
    );
    const volume = volumes.find(({ name }: { name: string }) => name === mount.name);
    assert.deepEqual(encrypting.object("ConfigMap", volume.configMap.name).data, {
      "recipient.asc": "-----BEGIN PGP PUBLIC KEY BLOCK-----",
    });
    const { value } = containers[0].env.find(({ name }: { name: string }) => name === "RECIPIENT_FILE");
    assert.equal(value, "/etc/backup-recipient/recipient.asc");
    assert.ok(volumes.some(({ emptyDir }: { emptyDir?: object }) => emptyDir !== undefined));
    assert.ok(!JSON.stringify(job()).includes("RECIPIENT_FILE"));
  });

  it("gives every variable that the program reads", async () => {
    const { readFileSync } = await import("node:fs");
    const programs = ["jobs/backup/store.py", "jobs/database/config.py", "jobs/database/load.py"].map(
      (path) => readFileSync(path, "utf8"),
    );
    const read = [...programs.join("\n").matchAll(/environ\["(\w+)"\]/g)].map(([, name]) => name);
    const given = new Set((container().env as { name: string }[]).map(({ name }) => name));
    assert.ok(read.length >= 8, read.join());
    // The image sets this one.
    assert.deepEqual(
      read.filter((name) => name !== "PATH" && !given.has(name ?? "")),
      [],
    );
  });
});
