import assert from "node:assert/strict";

import { RUNS_ANNOTATION, testJob } from "../../../cli/revdep/job";
import { runTests, tryTests } from "../../../cli/revdep/run";
import { CRON_JOB, FakeCluster, IMAGE, type Moment, NAMESPACE } from "./cluster";

const STARTED = { startTime: "2026-01-02T03:00:00Z" };
const ended = (type: string, more: object = {}): object => ({
  ...STARTED,
  conditions: [{ type, status: "True", lastTransitionTime: "2026-01-02T03:12:05Z", ...more }],
});
const COMPLETE = ended("Complete");
const FAILED = ended("Failed", {
  reason: "BackoffLimitExceeded",
  message: "Job has reached the backoff limit",
});

const RUNNING = { phase: "Running", containerStatuses: [{ name: "revdep", state: { running: {} } }] };
const stopped = (name: string, terminated: object): object => ({
  phase: "Failed",
  [name === "revdep" ? "containerStatuses" : "initContainerStatuses"]: [{ name, state: { terminated } }],
});
const waiting = (reason: string, message: string): object => ({
  phase: "Pending",
  initContainerStatuses: [{ name: "take-code", state: { waiting: { reason, message } } }],
});

async function run(cluster: FakeCluster, image?: string) {
  const job = await testJob(cluster, NAMESPACE, image);
  const told: string[] = [];
  const end = await runTests(cluster, job, { onProgress: (line) => told.push(line), lookMs: 0, tellMs: 0 });
  return { end, told };
}

async function failing(...life: readonly Moment[]) {
  const { end } = await run(new FakeCluster(life));
  assert.equal(end.succeeded, false);
  return { reason: end.reason, log: end.log };
}

describe("the Job of Packit's tests", () => {
  it("is the one that the stack keeps ready, under one name, and goes by itself after a week", async () => {
    const job = await testJob(new FakeCluster(), NAMESPACE);
    const { spec } = CRON_JOB.spec.jobTemplate;
    assert.deepEqual(job.spec, { ...spec, ttlSecondsAfterFinished: 604800 });
    assert.equal(job.metadata.name, "revdep");
    const { ownerReferences, labels } = job.metadata as unknown as Record<string, unknown>;
    assert.deepEqual(ownerReferences, [
      { apiVersion: "batch/v1", kind: "CronJob", name: "revdep", uid: "cron-1" },
    ]);
    assert.deepEqual(labels, { component: "revdep" });
  });

  it("tests another image when that is named, and is then another run", async () => {
    const usual = await testJob(new FakeCluster(), NAMESPACE);
    const again = await testJob(new FakeCluster(), NAMESPACE);
    const other = await testJob(new FakeCluster(), NAMESPACE, "quay.io/me/worker:new");
    const { initContainers, containers } = other.spec.template.spec;
    assert.deepEqual(initContainers, [{ name: "take-code", image: "quay.io/me/worker:new" }]);
    assert.deepEqual(containers, usual.spec.template.spec.containers);
    const runs = [usual, again, other].map(({ metadata }) => metadata.annotations[RUNS_ANNOTATION]);
    assert.equal(runs[0], runs[1]);
    assert.notEqual(runs[0], runs[2]);
  });

  it("can be checked beside an earlier one, and nothing is made", async () => {
    const cluster = new FakeCluster();
    const job = await testJob(cluster, NAMESPACE);
    await tryTests(cluster, job);
    assert.match(
      cluster.writes.map(({ call }) => call).join(),
      /^POST \S+dryRun=All&fieldValidation=Strict$/,
    );
    const { metadata } = cluster.writes[0]?.body as { metadata: Record<string, unknown> };
    assert.deepEqual([metadata.name, metadata.generateName], [undefined, "revdep-"]);
    assert.equal(cluster.held, undefined);
  });

  it("needs a stack that is deployed", async () => {
    const missing = testJob(new FakeCluster(), "elsewhere");
    await assert.rejects(missing, /there is no revdep in elsewhere yet: deploy the stack first/);
  });
});

describe("a run of Packit's tests", () => {
  const digest = `sha256:${"b".repeat(64)}`;

  it("is told step by step, and its result has all that a script needs", async () => {
    const taking = {
      phase: "Pending",
      initContainerStatuses: [{ name: "take-code", state: { running: {} } }],
    };
    const done = {
      phase: "Succeeded",
      initContainerStatuses: [
        { name: "take-code", imageID: `quay.io/x@${digest}`, state: { terminated: { exitCode: 0 } } },
      ],
      containerStatuses: [{ name: "revdep", state: { terminated: { exitCode: 0 } } }],
    };
    const noNode = { type: "PodScheduled", status: "False", message: "0/3 nodes are available" };
    const { end, told } = await run(
      new FakeCluster([
        {},
        { event: "exceeded quota: test-instance" },
        { pod: { phase: "Pending", conditions: [noNode] } },
        { pod: taking },
        { pod: RUNNING, log: "collected 900 items\n" },
        { pod: RUNNING, log: "collected 900 items\n" },
        { pod: RUNNING, log: "collected 900 items\ntests/unit PASSED [ 50%]\n" },
        { pod: done, job: COMPLETE, log: "900 passed\n" },
      ]),
    );
    assert.deepEqual(told, [
      `started Job revdep in ${NAMESPACE}`,
      "waits for its pod",
      "waits for its pod: exceeded quota: test-instance",
      "waits for a node: 0/3 nodes are available",
      "takes the code out of the image under test",
      "runs the tests",
      "collected 900 items",
      "tests/unit PASSED [ 50%]",
    ]);
    assert.deepEqual(end, {
      job: "revdep",
      namespace: NAMESPACE,
      image: IMAGE,
      digest,
      succeeded: true,
      seconds: 725,
      log: ["900 passed"],
    });
  });

  it("fails with the tests, and shows their last lines", async () => {
    const failed = {
      pod: stopped("revdep", { exitCode: 1 }),
      job: FAILED,
      log: "FAILED tests/unit\n\n1 failed\n",
    };
    assert.deepEqual(await failing({ pod: RUNNING }, failed), {
      reason: "the tests ended with exit code 1",
      log: ["FAILED tests/unit", "1 failed"],
    });
  });

  it("says what else went wrong, and which setting would help", async () => {
    const killed = stopped("revdep", { exitCode: 137, reason: "OOMKilled" });
    const noCode = stopped("take-code", { exitCode: 1 });
    const evicted = { phase: "Failed", reason: "Evicted", message: "The node was low on resource: memory." };
    const reasons = [];
    for (const pod of [killed, noCode, evicted]) reasons.push((await failing({ pod, job: FAILED })).reason);
    assert.deepEqual(reasons, [
      "the tests needed more memory than packit:revdep.limits.memory",
      "the code could not be taken out of the image under test (exit code 1)",
      "The node was low on resource: memory.",
    ]);
    assert.match((await failing({ job: FAILED })).reason ?? "", /backoff limit/);
  });

  it("shows what it read last when the deadline has taken the pod", async () => {
    const job = ended("Failed", { reason: "DeadlineExceeded" });
    assert.deepEqual(await failing({ pod: RUNNING, log: "tests/slow.py\n" }, { job }), {
      reason: "they took longer than packit:revdep.deadlineMinutes",
      log: ["tests/slow.py"],
    });
  });

  it("does not wait for an image that cannot be had", async () => {
    const first = { pod: waiting("ErrImagePull", "manifest unknown") };
    const then = { pod: waiting("ImagePullBackOff", "Back-off pulling image") };
    const { end, told } = await run(new FakeCluster([first, then]));
    assert.equal(end.succeeded, false);
    assert.equal(end.reason, "container take-code: ImagePullBackOff: Back-off pulling image");
    assert.ok(told.includes("waits: container take-code: ErrImagePull: manifest unknown"), told.join("\n"));
  });

  it("outlasts an API server that does not answer for a while, and not for ever", async () => {
    const down = { down: true } as const;
    const { end } = await run(new FakeCluster([down, down, down, { job: COMPLETE }]));
    assert.equal(end.succeeded, true);
    await assert.rejects(run(new FakeCluster([down])), /no answer within 5 s/);
  });
});

describe("an earlier run of Packit's tests", () => {
  /** A cluster with a run that somebody has left. */
  async function left(life: Moment[], image?: string, more: object = {}): Promise<FakeCluster> {
    const { metadata } = await testJob(new FakeCluster(), NAMESPACE, image);
    const cluster = new FakeCluster([{ job: COMPLETE }]);
    cluster.held = {
      metadata: { ...metadata, uid: "left", creationTimestamp: "2026-01-02T03:00:00Z", ...more },
      life,
    };
    return cluster;
  }
  const writes = (cluster: FakeCluster): string[] =>
    cluster.writes.map(({ call }) => call.replace(/ .*/, ""));

  it("is waited for when it runs the same", async () => {
    const cluster = await left([{ pod: RUNNING }, { pod: RUNNING }, { job: COMPLETE }]);
    const { end, told } = await run(cluster);
    assert.equal(end.succeeded, true);
    assert.equal(told[0], "found the same run, started at 2026-01-02T03:00:00Z: waiting for it");
    assert.deepEqual(writes(cluster), []);
  });

  it("goes, with its pods, when it is over, runs something else, cannot start or goes already", async () => {
    const stuck = { pod: waiting("ImagePullBackOff", "") };
    for (const cluster of [
      await left([{ job: FAILED }]),
      await left([{ pod: RUNNING }], "quay.io/me/worker:other"),
      await left([stuck]),
      await left([{ pod: RUNNING }], undefined, { deletionTimestamp: "2026-01-02T03:01:00Z" }),
    ]) {
      const { end, told } = await run(cluster);
      assert.equal(end.succeeded, true);
      assert.equal(told[0], "removing the Job of an earlier run");
      assert.deepEqual(writes(cluster), ["DELETE", "POST"]);
      assert.deepEqual(cluster.writes[0]?.body, {
        propagationPolicy: "Foreground",
        preconditions: { uid: "left" },
      });
    }
  });

  it("that somebody removes is not taken for a result", async () => {
    const cluster = await left([{ pod: RUNNING }, { pod: RUNNING }]);
    const ask = cluster.ask.bind(cluster);
    let looks = 0;
    cluster.ask = (method, path, body) => {
      if (path.endsWith("/jobs/revdep") && ++looks === 3) cluster.held = undefined;
      return ask(method, path, body);
    };
    await assert.rejects(run(cluster), /somebody removed Job revdep in fedora-ci-stg-pr-12 meanwhile/);
  });
});
