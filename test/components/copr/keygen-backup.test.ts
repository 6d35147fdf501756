import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { CoprKeygenBackup } from "../../../components/copr/keygen-backup";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { containerOf, image, secret, site } from "./fixtures";

describe("CoprKeygenBackup", () => {
  let stack: Stack;
  let task: KubernetesObject;
  let container: KubernetesObject;
  before(async () => {
    stack = await runMocked(
      () =>
        new CoprKeygenBackup("copr-keygen-backup", {
          site,
          image,
          keys: { claim: "copr-keygen-data", together: "copr-keygen-data" },
          recipient: "-----BEGIN PGP PUBLIC KEY BLOCK-----",
          programs: { "main.py": "print('backup')" },
          schedule: "0 1 * * *",
          deadlineMinutes: 60,
          store: {
            endpoint: "https://s3.example.org:9000",
            region: "us-east-1",
            bucket: "backups",
            prefix: "copr-stg",
          },
          keep: { daily: 7, weekly: 4, monthly: 6 },
          credentials: secret("copr-backup", { "access-key-id": "id", "secret-access-key": "hidden-value" }),
        }),
    );
    task = stack.object("CronJob", "copr-keygen-backup");
    container = containerOf(task, "copr-keygen-backup");
  });

  it("C30: reads keygen's volume as keygen's user, on its node, and changes nothing there", () => {
    const { spec, metadata } = task.spec.jobTemplate.spec.template;
    assert.equal(spec.securityContext.runAsUser, 993);
    assert.equal(metadata.labels["packit.dev/shares-volume"], "copr-keygen-data");
    const mount = container.volumeMounts.find(({ name }: { name: string }) => name === "data");
    assert.deepEqual(mount, { name: "data", mountPath: "/var/lib/copr-keygen", readOnly: true });
  });

  it("S1: connects to the store alone, and nobody to it", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "copr-keygen-backup").spec;
    assert.deepEqual(ingress, []);
    const ports = egress.flatMap(({ ports: all }: KubernetesObject) =>
      all.map(({ port }: { port: number }) => port),
    );
    assert.deepEqual([...new Set(ports)].sort(), [53, 5353, 9000]);
  });

  it("has its secret in a Secret, and no private key at all", () => {
    assert.ok(!JSON.stringify(task).includes("hidden-value"));
    assert.match(
      stack.object("ConfigMap", "copr-keygen-backup-recipient").data["recipient.asc"],
      /PUBLIC KEY/,
    );
  });

  it("gives every variable that the program reads", () => {
    const programs = ["jobs/backup/store.py", "jobs/keygen/main.py"].map((path) =>
      readFileSync(path, "utf8"),
    );
    const read = [...programs.join("\n").matchAll(/environ\["(\w+)"\]/g)].map(([, name = ""]) => name);
    const given = container.env.map(({ name }: { name: string }) => name);
    assert.ok(read.length >= 7, read.join());
    assert.deepEqual(
      read.filter((name) => !given.includes(name)),
      [],
    );
  });
});
