import assert from "node:assert/strict";

import { Checkout } from "../support/checkout";

const KINDS =
  "all,configmaps,secrets,persistentvolumeclaims,ingresses,routes.route.openshift.io,networkpolicies,serviceaccounts,rolebindings,namespaces";

describe("two Coprs side by side", () => {
  let checkout: Checkout;

  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  async function uids(stack: string): Promise<string[]> {
    return (await checkout.objectsOf(stack, KINDS)).map(({ metadata }) => metadata.uid).sort();
  }

  async function run(...args: readonly string[]): Promise<string> {
    const outcome = await checkout.stacks(...args);
    assert.equal(outcome.code, 0, outcome.output);
    return outcome.output;
  }

  it("come up with no secret set by hand, staging with made-up ones", async () => {
    // Brings the control plane up, too.
    await run("up", "copr-dev", "--skip-preview");
    const before = await uids("copr-dev");
    await run("example-secrets", "copr-stg", "--local");
    assert.match(await run("up", "copr-stg", "--local", "--skip-preview"), /https:\/\/copr-stg\.packit\.dev/);
    assert.deepEqual(await uids("copr-dev"), before);
    for (const stack of ["copr-dev", "copr-stg"]) {
      const deployments = await checkout.objectsOf(stack, "deployments");
      assert.ok(deployments.length >= 8, String(deployments.length));
      const waiting = deployments.filter(({ status }) => status.readyReplicas !== 1);
      assert.deepEqual(
        waiting.map(({ metadata }) => metadata.name),
        [],
      );
    }
  });

  it("are in order, as far as doctor can see, with a certificate that routers find", async () => {
    const { stdout } = await checkout.stacks("doctor", "copr-dev", "--json");
    const { checks } = JSON.parse(stdout) as { checks: { id: string; verdict: string; says: string }[] };
    const verdicts = Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
    for (const id of ["settings", "key", "cluster", "rights", "classes", "workloads"])
      assert.equal(verdicts[id], "ok", stdout);
    const { stdout: quota } = await checkout.stacks("quota", "copr-dev", "--json");
    const [sums] = JSON.parse(quota) as { namespace: string; claims: number }[];
    assert.equal(sums?.namespace, "copr-dev");
    assert.equal(sums.claims, (await checkout.objectsOf("copr-dev", "persistentvolumeclaims")).length);
    const [kept] = (await checkout.objectsOf("copr-dev", "secrets")).filter(
      ({ metadata }) => metadata.name === "copr-hosts-tls",
    );
    assert.equal(kept?.type, "kubernetes.io/tls");
    const asked = await checkout.objectsOf("copr-stg", "routes.route.openshift.io");
    assert.ok(asked.length >= 3, String(asked.length));
    for (const { metadata } of asked)
      assert.equal(metadata.annotations?.["cert-manager.io/issuer-name"], "letsencrypt-staging");
  });

  it("change nothing when nothing has changed", async () => {
    for (const stack of [["copr-dev"], ["copr-stg", "--local"]])
      assert.match(await run("preview", ...stack), /Resources:\n\s+\d+ unchanged\s*(?:\n|$)/);
  });

  it("go one at a time, and leave nothing behind", async () => {
    const staging = await uids("copr-stg");
    await run("destroy", "copr-dev");
    assert.deepEqual(await uids("copr-dev"), []);
    assert.deepEqual(await uids("copr-stg"), staging);
    const { stdout } = await checkout.pulumi("stack", "export", "--stack", "copr-dev");
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: unknown[] } };
    assert.deepEqual(deployment.resources ?? [], []);
  });

  it("C30: hold on to what holds data in staging", async () => {
    const refused = await checkout.stacks("destroy", "copr-stg", "--local");
    assert.notEqual(refused.code, 0, refused.output);
    assert.match(refused.output, /stack-seal/);
  });
});
