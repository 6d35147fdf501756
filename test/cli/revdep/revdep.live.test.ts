import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { Checkout } from "../../support/checkout";
import { waitFor } from "../../support/sandbox";

const STACK = "fedora-ci-stg-pr-12";
const NAMESPACE = "fedora-ci-stg-pr-12";

/** What the tests' container is said to have come to. */
const FAILED = {
  status: {
    phase: "Failed",
    containerStatuses: [
      {
        name: "revdep",
        image: "quay.io/packit/packit-service-tests:stg",
        imageID: "",
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode: 1, reason: "Error" } },
      },
    ],
  },
};

describe("Packit's tests in a test instance of Fedora CI", () => {
  let checkout: Checkout;
  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  const revdep = (...args: readonly string[]) => checkout.stacks("revdep", STACK, ...args);
  const jobs = () =>
    checkout.kubectl("get", "jobs", "-n", NAMESPACE, "-o", "jsonpath={.items[*].metadata.uid}");

  /** Runs the command until it has said something. */
  async function until(text: RegExp): Promise<ChildProcess> {
    const command = join(checkout.root, ".local", "build", "packit-stacks.js");
    const child = spawn("node", [command, "revdep", STACK], {
      cwd: checkout.root,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let seen = "";
    child.stderr.on("data", (chunk: Buffer) => {
      seen += chunk.toString("utf8");
    });
    await waitFor(
      () => text.test(seen) || child.exitCode !== null,
      () => seen,
    );
    assert.match(seen, text);
    return child;
  }

  it("are kept ready, and start only when somebody asks for them", async () => {
    const up = await checkout.stacks("up", STACK);
    assert.equal(up.code, 0, up.output);
    assert.match(up.stdout, /https:\/\/pr-12\.stg\.fedora-ci\.packit\.dev/);
    assert.equal(await jobs(), "");
    const dry = await revdep("--dry-run");
    assert.equal(dry.code, 0, dry.output);
    assert.match(
      dry.stdout,
      /would test packit-worker:dev with quay\.io\/packit\/packit-service-tests:stg in/,
    );
    assert.equal(await jobs(), "");
  });

  it("end the command as they end, with everything for a script", async () => {
    const passed = await revdep();
    assert.equal(passed.code, 0, passed.output);
    assert.match(passed.stdout, /^passed after \d+ s: Packit's tests against packit-worker:dev$/);
    assert.match(passed.stderr, /started Job revdep/);
    const first = await jobs();
    const other = await revdep("--json", "--image", "quay.io/me/fedora-ci-worker:new");
    assert.equal(other.code, 0, other.output);
    const { seconds, ...result } = JSON.parse(other.stdout) as Record<string, unknown>;
    assert.equal(typeof seconds, "number");
    assert.deepEqual(result, {
      stack: STACK,
      tests: "quay.io/packit/packit-service-tests:stg",
      pretended: true,
      job: "revdep",
      namespace: NAMESPACE,
      image: "quay.io/me/fedora-ci-worker:new",
      succeeded: true,
      log: [],
    });
    assert.match(other.stderr, /removing the Job of an earlier run/);
    assert.match(other.stderr, /runs no images, so this says nothing of the tests/);
    const second = await jobs();
    assert.ok(!second.includes(" ") && second !== first, second);
  });

  it("go on after an interruption, are found by the next call, and fail it when they fail", async () => {
    // Where no node takes the pod, it runs until this test says how it ends.
    const nowhere = {
      spec: { jobTemplate: { spec: { template: { spec: { nodeSelector: { no: "where" } } } } } },
    };
    await checkout.kubectl("patch", "cronjob", "revdep", "-n", NAMESPACE, "-p", JSON.stringify(nowhere));
    const interrupted = await until(/waits for a node/);
    interrupted.kill("SIGINT");
    await once(interrupted, "exit");
    const left = await jobs();
    assert.notEqual(left, "");

    const next = await until(/found the same run/);
    assert.equal(await jobs(), left);
    const pods = [
      "get",
      "pods",
      "-n",
      NAMESPACE,
      "-l",
      "component=revdep",
      "-o",
      "jsonpath={.items[*].metadata.name}",
    ];
    const pod = await checkout.kubectl(...pods);
    const exit = once(next, "exit");
    const how = ["--subresource=status", "--type=merge", "-p", JSON.stringify(FAILED)];
    await checkout.kubectl("patch", "pod", pod, "-n", NAMESPACE, ...how);
    assert.deepEqual(await exit, [1, null]);
    const again = await checkout.kubectl(
      "get",
      "job",
      "revdep",
      "-n",
      NAMESPACE,
      "-o",
      "jsonpath={.status.failed}",
    );
    assert.equal(again, "1");
  });

  it("go with their instance", async () => {
    const destroy = await checkout.stacks("destroy", STACK);
    assert.equal(destroy.code, 0, destroy.output);
    assert.deepEqual(
      await checkout.objectsOf(STACK, "cronjobs,jobs,pods,serviceaccounts,networkpolicies"),
      [],
    );
    const after = await revdep();
    assert.equal(after.code, 1);
    assert.match(
      after.stderr,
      /error: there is no revdep in fedora-ci-stg-pr-12 yet: deploy the stack first/,
    );
  });
});

describe("Packit's tests", () => {
  let checkout: Checkout;
  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  it("run in no environment, not where they are off, and not against half a name", async () => {
    for (const [args, message] of [
      [["fedora-ci-stg", "--local"], /fedora-ci-stg is an environment, whose data the tests may change/],
      [["dev-pr-614"], /keeps no tests ready: pulumi config set .* packit:revdep\.enabled true, and deploy/],
      [[STACK, "--image", "worker"], /--image worker is no image with its registry and a tag or digest/],
      [[STACK], /fedora-ci-stg-pr-12 runs nowhere yet: make up STACK=fedora-ci-stg-pr-12/],
    ] as const) {
      const outcome = await checkout.stacks("revdep", ...args);
      assert.equal(outcome.code, 1);
      assert.match(outcome.stderr, message);
    }
  });
});
