import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { InstanceView } from "../../../cli/instances/view";
import { Checkout, type Outcome } from "../../support/checkout";

/** One that ends, one that stays, and one that was deployed with a state that is elsewhere. */
const [ENDING, STAYING, ELSEWHERE] = ["dev-pr-701", "dev-pr-702", "dev-pr-703"] as const;

const LABELS = { "app.kubernetes.io/part-of": "packit", "app.kubernetes.io/managed-by": "pulumi" };

describe("test instances whose time comes", function () {
  let checkout: Checkout;

  before(async () => {
    checkout = Checkout.make();
    for (const name of [ENDING, STAYING]) await deploy(name);
  });
  after(() => checkout.close());

  async function run(...args: readonly string[]): Promise<Outcome> {
    const outcome = await checkout.stacks(...args);
    assert.equal(outcome.code, 0, outcome.output);
    return outcome;
  }

  async function deploy(name: string): Promise<void> {
    const pull = name.replace("dev-pr-", "packit-service=");
    const images = ["service", "worker"].flatMap((image) => [
      "--image",
      `${image}=quay.io/packit/packit-${image}@sha256:${"1".repeat(64)}`,
    ]);
    await run("deploy", "--base=dev", pull, ...images, "--json", "--only", "worker");
  }

  async function replicas(name: string): Promise<readonly unknown[]> {
    const workloads = await checkout.objectsOf(name, "deployments,statefulsets");
    return workloads.map(({ spec }) => spec.replicas as unknown);
  }

  it("sleep without a pod, keep their data, and wake as they were", async () => {
    const before = await replicas(STAYING);
    const uids = async (): Promise<readonly unknown[]> =>
      (await checkout.objectsOf(STAYING, "persistentvolumeclaims")).map(({ metadata }) => metadata.uid);
    const claims = await uids();
    await run("sleep", STAYING);
    assert.deepEqual(new Set(await replicas(STAYING)), new Set([0]));
    const listed = JSON.parse((await run("list", "--json")).stdout) as InstanceView[];
    assert.equal(listed.find(({ name }) => name === STAYING)?.state, "asleep");
    const asleep = await checkout.stacks("status", STAYING);
    assert.match(asleep.stdout, /no pods +packit-worker/);
    assert.doesNotMatch(asleep.stdout, /ready/);
    assert.match((await checkout.stacks("logs", STAYING)).stderr, /sleeps, so that no pod of it has a log/);
    await run("wake", STAYING);
    assert.deepEqual(await replicas(STAYING), before);
    await run("sleep", STAYING);
    await deploy(STAYING);
    assert.deepEqual(await replicas(STAYING), before);
    assert.ok(claims.length > 0);
    assert.deepEqual(await uids(), claims);
  });

  it("go, and nothing else does", async () => {
    const record = await change(ENDING, { expiresAt: hoursAgo(3.3) });
    // One that somebody has deployed from another machine, with a state of their own.
    await makeLease(ELSEWHERE, { ...record, name: ELSEWHERE, namespace: `packit-${ELSEWHERE}` });
    for (const name of [`packit-${ELSEWHERE}`, `packit-${ELSEWHERE}-sandbox`, `notes-of-${ELSEWHERE}`])
      await makeNamespace(name, { ...LABELS, "app.kubernetes.io/instance": ELSEWHERE });
    await makeNamespace("packit-dev-pr-704", { "app.kubernetes.io/instance": "dev-pr-704" });
    assert.deepEqual(JSON.parse((await run("reap", "--dry-run", "--json")).stdout), [
      { name: ENDING, action: "destroy", why: "expired 3h ago" },
      { name: STAYING, action: "stay", why: "has 48h left" },
      { name: ELSEWHERE, action: "destroy", why: "expired 3h ago" },
    ]);
    const { stdout } = await run("reap", "--yes");
    assert.match(stdout, new RegExp(`${ENDING} +destroyed`));
    assert.match(stdout, new RegExp(`${ELSEWHERE} +destroyed`));
    assert.doesNotMatch(stdout, new RegExp(STAYING));
    assert.deepEqual(await checkout.objectsOf(ENDING, "namespaces,leases"), []);
    const left = (await checkout.kubectl("get", "namespaces", "--output=name")).split("\n");
    const wanted = [`packit-${STAYING}`, `notes-of-${ELSEWHERE}`, "packit-dev-pr-704"];
    assert.deepEqual(
      left.filter((name) => name.includes("-pr-")).sort(),
      wanted.map((name) => `namespace/${name}`).sort(),
    );
  });

  it("sleep when nobody has used them, by their record alone where no program runs", async () => {
    await change(STAYING, { usedAt: hoursAgo(5) });
    const decided = { name: STAYING, action: "sleep", why: "unused for 4h or longer" };
    assert.deepEqual(JSON.parse((await run("reap", "--dry-run", "--json")).stdout), [decided]);
    assert.deepEqual(JSON.parse((await run("reap", "--yes", "--json")).stdout), [{ ...decided, done: true }]);
    assert.deepEqual(new Set(await replicas(STAYING)), new Set([0]));
    const told = await checkout.stacks("status", STAYING);
    assert.equal(told.code, 1);
    assert.match(told.stdout, /last used +\d{4}-\d\d-\d\d/);
  });

  it("go whole when the cluster itself has taken down what it could", async () => {
    for (const name of [`packit-${STAYING}`, `packit-${STAYING}-sandbox`])
      await checkout.kubectl("delete", "namespace", "--ignore-not-found", name);
    await checkout.kubectl("delete", "lease", CONTROL, "--selector", `app.kubernetes.io/instance=${STAYING}`);
    const due = async (): Promise<unknown> => JSON.parse((await run("reap", "--dry-run", "--json")).stdout);
    const stays = { name: STAYING, action: "stay", why: "only its stack is there, and it has 48h left" };
    assert.deepEqual(await due(), [stays]);
    // Its last deployment has been over for 51 hours.
    const file = join(checkout.root, `.local/state/.pulumi/stacks/packit/${STAYING}.json`);
    const before = new Date(Date.now() - 51 * 3_600_000).toISOString();
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/("manifest": \{\s*"time": ")[^"]+/, `$1${before}`),
    );
    const why = "only its stack is left, and expired 3h ago";
    assert.deepEqual(await due(), [{ name: STAYING, action: "destroy", why }]);
    assert.match((await run("reap", "--yes")).stdout, new RegExp(`${STAYING} +destroyed`));
    assert.deepEqual(await due(), []);
    for (const left of [file, join(checkout.root, `Pulumi.${STAYING}.yaml`)])
      assert.ok(!existsSync(left), left);
  });

  async function makeNamespace(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await checkout.kubectl("create", "namespace", name);
    const words = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    await checkout.kubectl("label", "namespace", name, ...words);
  }

  const CONTROL = "--namespace=packit-test-instances";
  const RECORD = "packit.dev/record";

  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

  /** Changes its record behind everybody's back. @returns the new one. */
  async function change(name: string, changes: object): Promise<object> {
    const lease = ["lease", `instance-${name}`, CONTROL];
    const path = `jsonpath={.metadata.annotations.${RECORD.replace(".", "\\.")}}`;
    const before = JSON.parse(await checkout.kubectl("get", ...lease, "--output", path)) as object;
    const record = { ...before, ...changes };
    await checkout.kubectl("annotate", "--overwrite", ...lease, `${RECORD}=${JSON.stringify(record)}`);
    return record;
  }

  async function makeLease(name: string, record: object): Promise<void> {
    const lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: {
        name: `instance-${name}`,
        namespace: "packit-test-instances",
        labels: { ...LABELS, "packit.dev/lease": "instance", "app.kubernetes.io/instance": name },
        annotations: { [RECORD]: JSON.stringify(record) },
      },
    };
    const file = join(checkout.root, ".local", "lease.json");
    writeFileSync(file, JSON.stringify(lease));
    await checkout.kubectl("apply", "--filename", file);
  }
});
