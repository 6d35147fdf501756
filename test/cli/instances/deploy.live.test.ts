import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import type { InstanceView } from "../../../cli/instances/view";
import { Checkout, type Outcome } from "../../support/checkout";

const STACK = "dev-pr-614";

/** Options that name images, so that none has to be built. */
function images(digit: string): readonly string[] {
  return ["service", "worker"].flatMap((image) => [
    "--image",
    `${image}=quay.io/packit/packit-${image}@sha256:${digit.repeat(64)}`,
  ]);
}

describe("a test instance of a pull request, by one command", function () {
  let checkout: Checkout;

  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  async function run(...args: readonly string[]): Promise<Outcome> {
    const outcome = await checkout.stacks(...args);
    assert.equal(outcome.code, 0, outcome.output);
    return outcome;
  }

  async function deploy(digit: string, ...args: readonly string[]): Promise<InstanceView> {
    const words = ["--base=dev", "packit-service=614", ...images(digit), "--json"];
    const { stdout } = await run("deploy", ...words, "--only", "worker", ...args);
    return JSON.parse(stdout) as InstanceView;
  }

  it("is not there at first, and no control plane is started to find that out", async () => {
    const { stdout } = await run("destroy", STACK);
    assert.match(stdout, /^there is no dev-pr-614: nothing had to be deleted/);
    assert.ok(!existsSync(checkout.kubeconfig));
  });

  it("is made, and known to everybody who may look", async () => {
    const view = await deploy("1", "--ttl=3h", "--by=pull:packit/packit-service#614");
    assert.equal(view.state, "live");
    assert.deepEqual(view.holder, { kind: "pull", name: "packit/packit-service#614" });
    const { createdAt, expiresAt } = view;
    assert.ok(createdAt !== null && expiresAt !== null);
    const hours = (Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000;
    assert.ok(hours >= 3 && hours < 3.1, `${hours} hours`);
    const { stdout } = await run("list", "--json");
    assert.deepEqual(JSON.parse(stdout), [view]);
    assert.match((await run("status", STACK)).stdout, /state +live[^]*ready +packit-worker/);
  });

  it("is updated, and nothing but what differs", async () => {
    const [before] = await checkout.objectsOf(STACK, "namespaces");
    const view = await deploy("2", "--by=person:jane");
    assert.equal(view.holder?.name, "jane");
    const [after] = await checkout.objectsOf(STACK, "namespaces");
    assert.equal(after?.metadata.uid, before?.metadata.uid);
    const [worker] = await checkout.objectsOf(STACK, "statefulsets");
    assert.match(worker?.spec.template.spec.containers[0].image as string, /@sha256:2+$/);
  });

  it("is the same for a plain pulumi up", async () => {
    await checkout.assertUnchanged(STACK);
  });

  it("lives longer when told", async () => {
    const { stdout } = await run("extend", STACK, "--ttl", "7d", "--json");
    const { expiresAt } = JSON.parse(stdout) as InstanceView;
    assert.ok(expiresAt !== null && Date.parse(expiresAt) - Date.now() > 6.9 * 86_400_000);
  });

  it("says what there is of it, and what would go", async () => {
    const { stdout } = await run("destroy", STACK, "--dry-run");
    const named = stdout.trim().split("\n").sort();
    assert.deepEqual(
      named.filter((line) => !/ (?:clusterrole|clusterrolebinding|persistentvolume) /.test(line)),
      [
        `would go: lease instance-${STACK}`,
        "would go: lease place-1",
        `would go: namespace packit-${STACK}`,
        `would go: settings file Pulumi.${STACK}.yaml`,
        `would go: stack ${STACK}`,
      ],
    );
    assert.equal((await run("status", STACK)).code, 0);
  });

  it("goes with all that belongs to it, its settings file and lease too", async () => {
    await run("destroy", STACK);
    assert.equal((await run("list", "--json")).stdout, "[]");
    const again = await run("destroy", STACK);
    assert.match(again.stdout, /^there is no dev-pr-614: nothing had to be deleted/);
    assert.deepEqual(await checkout.objectsOf(STACK, "namespaces,leases"), []);
    assert.ok(!existsSync(join(checkout.root, `Pulumi.${STACK}.yaml`)));
    const { code, output } = await checkout.stacks("status", STACK);
    assert.equal(code, 1);
    assert.match(output, /there is no dev-pr-614 on this machine/);
  });
});
