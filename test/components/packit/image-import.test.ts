import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ImageImport } from "../../../components/packit/image-import";
import { runMocked, type Stack } from "../../support/mocks";
import { site } from "./fixtures";

const TAGS = [
  { stream: "packit-service", tag: "prod", source: "quay.io/packit/packit-service:prod" },
  { stream: "packit-worker", tag: "prod", source: "quay.io/packit/packit-worker:prod" },
];

function deploy(): Promise<Stack> {
  return runMocked(
    () =>
      new ImageImport("image-import", {
        site,
        image: { reference: "image-import:prod", trigger: { stream: "image-import", tag: "prod" } },
        schedule: "0 2 * * 2",
        tags: TAGS,
      }),
  );
}

describe("ImageImport", () => {
  let stack: Stack;
  before(async () => {
    stack = await deploy();
  });

  it("D39: imports on Tuesday at 02:00, one run at a time, and keeps the logs of the last runs", () => {
    const { spec } = stack.object("CronJob", "image-import");
    assert.equal(spec.schedule, "0 2 * * 2");
    assert.equal(spec.concurrencyPolicy, "Forbid");
    assert.equal(spec.jobTemplate.spec.activeDeadlineSeconds, 900);
    assert.deepEqual([spec.successfulJobsHistoryLimit, spec.failedJobsHistoryLimit], [1, 3]);
  });

  it("may import and do nothing else", () => {
    assert.deepEqual(stack.object("Role", "image-import").rules, [
      { apiGroups: ["image.openshift.io"], resources: ["imagestreamimports"], verbs: ["create"] },
    ]);
    assert.deepEqual(stack.object("RoleBinding", "image-import").subjects, [
      { kind: "ServiceAccount", namespace: "packit--stg", name: "image-import" },
    ]);
    const pod = stack.object("CronJob", "image-import").spec.jobTemplate.spec.template.spec;
    assert.equal(pod.automountServiceAccountToken, true);
  });

  it("reaches the API server and no other port, and nobody reaches it", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "image-import").spec;
    assert.deepEqual(ingress, []);
    const ports = egress.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
    assert.deepEqual([...new Set(ports)], [53, 5353, 443, 6443]);
  });

  it("D32: leaves the field alone that its own image's trigger sets", () => {
    assert.deepEqual(stack.resource("CronJob", "image-import").ignoreChanges, [
      "spec.jobTemplate.spec.template.spec.containers[0].image",
    ]);
  });

  describe("its script", () => {
    let folder = "";
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
      for (const name of ["bin", "account", "imports"]) mkdirSync(join(folder, name));
      writeFileSync(join(folder, "account/token"), "t0ken");
      const { data } = stack.object("ConfigMap", "image-import-requests");
      for (const [name, text] of Object.entries(data as Record<string, string>)) {
        writeFileSync(join(folder, "imports", name), text);
      }
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    /** Runs it with a `curl` that notes what it is given and answers as told. */
    function run(curl: string): { status: number | null; stdout: string; stderr: string; calls: string } {
      const log = join(folder, "calls");
      writeFileSync(
        join(folder, "bin/curl"),
        `#!/bin/sh\necho "arguments: $*" >>${log}\necho "input: $(cat)" >>${log}\n${curl}\n`,
      );
      chmodSync(join(folder, "bin/curl"), 0o755);
      const { spec } = stack.object("CronJob", "image-import");
      const [command, ...args] = spec.jobTemplate.spec.template.spec.containers[0].command as string[];
      const ended = spawnSync(command ?? "", args, {
        encoding: "utf8",
        env: {
          PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`,
          API_SERVER: "https://api.example",
          ACCOUNT: join(folder, "account"),
          NAMESPACE: "packit--prod",
          REQUESTS: join(folder, "imports"),
        },
      });
      return { ...ended, calls: readFileSync(log, "utf8") };
    }

    it("sends a request for each stream, and the token where nobody can read it", () => {
      const { status, stdout, calls } = run(`echo '{ "status": { "images": [] } }'`);
      assert.equal(status, 0);
      assert.equal(stdout, "packit-service: imported\npackit-worker: imported\n");
      assert.equal(calls.match(/input: Authorization: Bearer t0ken\n/g)?.length, 2);
      assert.doesNotMatch(calls, /arguments: .*t0ken/);
      const url = "https://api.example/apis/image.openshift.io/v1/namespaces/packit--prod/imagestreamimports";
      assert.ok(calls.includes(url), calls);
    });

    it("fails when an import does, with what the answer says, and tries the others", () => {
      const { status, stdout, stderr } = run(
        `case "$*" in *packit-service.json*) echo '{"status": {"images": [{"status": {"status": "Failure", "message": "not found"}}]}}';; esac`,
      );
      assert.equal(status, 1);
      assert.match(stderr, /packit-service: not imported: .*not found/);
      assert.equal(stdout, "packit-worker: imported\n");
    });

    it("fails when the API server refuses", () => {
      const { status, stderr } = run(`echo '{"message": "forbidden"}'; exit 22`);
      assert.equal(status, 1);
      assert.match(stderr, /packit-worker: not imported: .*forbidden/);
    });
  });
});
