import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Checkout, type LiveObject } from "../support/checkout";

const STACK = "dev-pr-614";
const WORKLOADS = "deployments,statefulsets";

describe("a test instance, from its first up to its destroy", function () {
  let checkout: Checkout;

  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  /** Sets a setting and deploys it. @returns the workloads that this changed. */
  async function changedBy(setting: string, value: string): Promise<string[]> {
    const before = await checkout.objectsOf(STACK, WORKLOADS);
    const set = await checkout.pulumi("config", "set", "--stack", STACK, "--path", setting, value);
    assert.equal(set.code, 0, set.output);
    const up = await checkout.stacks("up", STACK);
    assert.equal(up.code, 0, up.output);
    const after = await checkout.objectsOf(STACK, WORKLOADS);
    return after.filter((object) => generation(before, object) !== object.metadata.generation).map(name);
  }

  it("comes up with everything ready, and says where it is", async () => {
    const up = await checkout.stacks("up", STACK);
    assert.equal(up.code, 0, up.output);
    assert.match(up.stdout, /https:\/\/pr-614\.dev\.packit\.dev/);
    assert.match(up.stdout, /make destroy STACK=dev-pr-614/);
    assert.doesNotMatch(up.output, /warning:/);
    const workloads = await checkout.objectsOf(STACK, WORKLOADS);
    assert.deepEqual(workloads.map(name).sort(), [
      "flower",
      "nginx",
      "packit-dashboard",
      "packit-service",
      "packit-service-beat",
      "packit-worker",
      "postgres-15",
      "pushgateway",
      "valkey",
    ]);
    for (const { metadata, spec, status } of workloads) {
      assert.equal(status.readyReplicas, spec.replicas, metadata.name);
    }
  });

  it("keeps its secrets out of the state's plain text, and of what the engine prints", async () => {
    const secrets = await checkout.objectsOf(STACK, "secrets");
    const values = secrets
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .filter(([key]) => !PUBLIC.has(key))
      .flatMap(([, value]) => traces(value));
    assert.ok(values.length > 20, String(values.length));
    const preview = await checkout.pulumi("preview", "--stack", STACK, "--json", "--show-sames");
    const { stdout: state } = await checkout.run("grep", ["-rh", ".", ".local/state"]);
    assert.match(preview.stdout, /postgres-secret/);
    assert.match(state, /postgres-secret/);
    for (const value of values) {
      assert.ok(!preview.output.includes(value), "a secret is in the preview");
      assert.ok(!state.includes(value), "a secret is in the state");
    }
  });

  it("has nothing to change in a second preview and up", async () => {
    await checkout.assertUnchanged(STACK);
    const up = await checkout.stacks("up", STACK);
    assert.match(up.stdout, /Resources:\s+\d+ unchanged/);
  });

  it("changes only what depends on a changed setting", async () => {
    assert.deepEqual(await changedBy("packit:celery.retryLimit", "5"), ["packit-worker"]);
  });

  it("restarts whatever reads a changed file, and nothing else", async () => {
    const readers = ["packit-service", "packit-service-beat", "packit-worker"];
    assert.deepEqual((await changedBy("packit:service.rateLimitThreshold", "100")).sort(), readers);
  });

  it("D25: restarts only what uses a secret that is changed", async () => {
    const before = await checkout.objectsOf(STACK, WORKLOADS);
    const places = ["copr.login", "copr.username", "copr.token"];
    const files = places.flatMap((place) => {
      const file = join(checkout.root, place);
      writeFileSync(file, `${place}-of-another-account`);
      return ["--file", file];
    });
    const set = await checkout.stacks("secrets", "set", STACK, ...places, ...files);
    assert.equal(set.code, 0, set.output);
    const up = await checkout.stacks("up", STACK);
    assert.equal(up.code, 0, up.output);
    const after = await checkout.objectsOf(STACK, WORKLOADS);
    const restarted = after.filter((object) => generation(before, object) !== object.metadata.generation);
    assert.deepEqual(restarted.map(name), ["packit-worker"]);
  });

  it("D21: deletes a component that is turned off, with all that belongs to it", async () => {
    const kinds = "deployments,services,ingresses,serviceaccounts,networkpolicies";
    const isDashboard = (object: LiveObject): boolean => name(object) === "packit-dashboard";
    assert.equal((await checkout.objectsOf(STACK, kinds)).filter(isDashboard).length, 5);
    await changedBy("packit:components.dashboard", "false");
    assert.deepEqual((await checkout.objectsOf(STACK, kinds)).filter(isDashboard), []);
  });

  it("makes an object again that somebody deleted by hand", async () => {
    await checkout.kubectl("delete", "deployment", "flower", "-n", "packit-dev-pr-614");
    const up = await checkout.pulumi("up", "--stack", STACK, "--refresh", "--yes", "--non-interactive");
    assert.equal(up.code, 0, up.output);
    const workloads = await checkout.objectsOf(STACK, WORKLOADS);
    assert.ok(workloads.map(name).includes("flower"));
  });

  it("leaves nothing behind", async () => {
    const destroy = await checkout.stacks("destroy", STACK);
    assert.equal(destroy.code, 0, destroy.output);
    const kinds = (await checkout.kubectl("api-resources", "--verbs=list", "--output=name")).split("\n");
    assert.deepEqual(await checkout.objectsOf(STACK, kinds.filter((kind) => kind !== "").join(",")), []);
    const namespaces = await checkout.kubectl("get", "namespaces", "--output=name");
    assert.doesNotMatch(namespaces, /614/);
    // Somebody has written settings into it, so it is not the command's to delete.
    assert.ok(existsSync(join(checkout.root, `Pulumi.${STACK}.yaml`)));
  });
});

/** Keys of Secrets under which lies nothing secret. */
const PUBLIC = new Set([
  "fullchain.pem",
  "id_ed25519.pub",
  "config",
  "database-host",
  "database-name",
  "database-user",
]);

/** By what a value can be recognised: as it is sent, and its longest line. */
function traces(encoded: string): string[] {
  const lines = Buffer.from(encoded, "base64").toString("latin1").split("\n");
  const [longest = ""] = lines.sort((a, b) => b.length - a.length);
  return [encoded, longest].filter((text) => text.length >= 12);
}

function name({ metadata }: LiveObject): string {
  return metadata.name;
}

function generation(objects: readonly LiveObject[], { kind, metadata }: LiveObject): number | undefined {
  return objects.find((other) => other.kind === kind && other.metadata.name === metadata.name)?.metadata
    .generation;
}
