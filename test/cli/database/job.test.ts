import assert from "node:assert/strict";

import { backupJob, runJob } from "../../../cli/database/job";
import { fakeCluster, ok } from "../fake-cluster";

const CRON_JOB = {
  metadata: { name: "database-backup", uid: "1-2-3" },
  spec: {
    jobTemplate: {
      metadata: { labels: { component: "database-backup" } },
      spec: {
        activeDeadlineSeconds: 7200,
        template: {
          metadata: { labels: { component: "database-backup" } },
          spec: {
            serviceAccountName: "database-backup",
            containers: [{ name: "database-backup", image: "postgres@sha256:1", args: ["backup"] }],
          },
        },
      },
    },
  },
};

const NAMESPACE = "packit--stg";
const JOBS = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;
const CRON = `GET /apis/batch/v1/namespaces/${NAMESPACE}/cronjobs/database-backup`;

describe("a Job of the database's backup", () => {
  it("is one of the schedule's but for its words", async () => {
    const { cluster } = fakeCluster({ [CRON]: ok(CRON_JOB) });
    const words = ["restore", "--generation", "latest"];
    const { metadata, spec } = await backupJob(cluster, NAMESPACE, words, "restore-1");
    assert.equal(metadata.name, "database-backup-restore-1");
    // By this label the database admits its pods.
    assert.equal(spec.template.metadata?.labels?.component, "database-backup");
    const template = CRON_JOB.spec.jobTemplate.spec;
    const [container] = template.template.spec.containers;
    assert.deepEqual(spec, {
      ...template,
      ttlSecondsAfterFinished: 604800,
      template: {
        ...template.template,
        spec: { ...template.template.spec, containers: [{ ...container, args: words }] },
      },
    });
    assert.equal(metadata.ownerReferences[0]?.uid, "1-2-3");
  });

  it("cannot be where no backups are kept, and the message names the setting", async () => {
    await assert.rejects(
      backupJob(fakeCluster({}).cluster, NAMESPACE, ["list"], "1"),
      /there is no database-backup in packit--stg: set packit:backup\.enabled to true and deploy/,
    );
  });

  const ends = (type: string) =>
    ok({ status: { conditions: [{ type, status: "True", message: "too late" }] } });
  const run = async (answers: Parameters<typeof fakeCluster>[0]) => {
    const { cluster, asked } = fakeCluster({
      [CRON]: ok(CRON_JOB),
      [`POST ${JOBS}`]: { status: 201, body: {} },
      [`GET ${PODS}`]: ok({ items: [{ metadata: { name: "pod-1" } }] }),
      [`GET ${PODS}/pod-1/log`]: ok("stored generation 20260102T010000Z\n"),
      ...answers,
    });
    const job = await backupJob(cluster, NAMESPACE, ["backup"], "backup-1");
    const lines: string[] = [];
    const end = await runJob(cluster, job, { onProgress: (line) => lines.push(line), lookMs: 0 });
    return { end, lines, asked };
  };
  const ONE = `GET ${JOBS}/database-backup-backup-1`;

  it("is waited for, and its log read", async () => {
    const running = ok({ status: { active: 1 } });
    const { end, lines, asked } = await run({ [ONE]: [running, running, ends("Complete")] });
    assert.deepEqual(end, {
      name: "database-backup-backup-1",
      succeeded: true,
      log: "stored generation 20260102T010000Z",
    });
    assert.deepEqual(lines, ["started Job database-backup-backup-1 in packit--stg"]);
    assert.equal(asked.filter(({ call }) => call === ONE).length, 3);
  });

  it("says why it failed, also when its pod is gone", async () => {
    const failed = await run({
      [ONE]: ends("Failed"),
      [`GET ${PODS}/pod-1/log`]: ok("error: no such bucket"),
    });
    assert.deepEqual([failed.end.succeeded, failed.end.log], [false, "error: no such bucket"]);
    const late = await run({ [ONE]: ends("Failed"), [`GET ${PODS}`]: ok({ items: [] }) });
    assert.deepEqual([late.end.succeeded, late.end.log], [false, "too late"]);
  });

  it("passes on what the API server objects to", async () => {
    const refused = { status: 403, body: { message: "jobs is forbidden" } };
    await assert.rejects(
      run({ [`POST ${JOBS}`]: refused }),
      /the API server answered 403: jobs is forbidden/,
    );
  });
});
