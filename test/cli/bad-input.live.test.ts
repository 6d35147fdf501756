import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Checkout } from "../support/checkout";

describe("bad input", () => {
  let checkout: Checkout;

  beforeEach(() => {
    checkout = Checkout.make();
  });
  afterEach(() => checkout.close());

  function write(file: string, text: string): void {
    writeFileSync(join(checkout.root, file), text);
  }

  /** One plain message and nothing else: no stack trace, no cluster, no stack. */
  async function refusesAtOnce(stack: string, message: RegExp): Promise<void> {
    const up = await checkout.stacks("up", stack);
    assert.equal(up.code, 1, up.output);
    assert.match(up.stderr, message);
    assert.doesNotMatch(up.output, /\n\s+at /);
    assert.ok(!existsSync(join(checkout.root, ".local", "cluster")));
    assert.ok(!existsSync(join(checkout.root, ".local", "state")));
  }

  it("of a stack's name is answered with the grammar", async () => {
    await refusesAtOnce("nonsense", /no stack has this name[\s\S]*<base>-pr-<number>/);
  });

  it("in settings is answered with everything that is wrong", async () => {
    write("Pulumi.dev-pr-1.yaml", "config:\n  packit:componets: {}\n  packit:api:\n    replicas: many\n");
    await refusesAtOnce(
      "dev-pr-1",
      /2 problems[\s\S]*packit:api\.replicas[\s\S]*did you mean packit:components/,
    );
  });

  it("in a settings file that is no YAML is answered with the file's name", async () => {
    write("Pulumi.dev-pr-1.yaml", "config: [");
    await refusesAtOnce("dev-pr-1", /Pulumi\.dev-pr-1\.yaml: is not YAML/);
  });

  it("in two stacks' files that divide Fedora CI's projects wrongly is answered in both", async () => {
    write(
      "Pulumi.fedora-ci-prod.yaml",
      "config:\n  packit:service:\n    fedoraCiRunByDefault: true\n    fedoraCi:\n      disabledProjects: [https://src.fedoraproject.org/rpms/a]\n",
    );
    for (const stack of ["prod", "fedora-ci-prod"]) {
      await refusesAtOnce(
        stack,
        /packit:service\.fedoraCiRunByDefault: both stacks serve every project that is in no list/,
      );
    }
  });

  it("of a folder that cannot be written to is answered with its path", async () => {
    // A file where a folder has to be stops the administrator too, whom permissions do not.
    write(join(".local", "cluster"), "");
    const up = await checkout.stacks("up", "dev-pr-1");
    assert.equal(up.code, 1);
    assert.match(up.stderr, /error: .*\.local\/cluster/);
  });

  it("of a cluster that does not answer is answered within 10 s", async () => {
    const cluster = { server: "https://127.0.0.1:1" };
    const kubeconfig = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "gone", cluster }],
      users: [{ name: "me", user: { token: "none" } }],
      contexts: [{ name: "gone", context: { cluster: "gone", user: "me" } }],
      "current-context": "gone",
    };
    write("kubeconfig", JSON.stringify(kubeconfig));
    const settings = { kubeconfig: join(checkout.root, "kubeconfig"), context: "gone" };
    write("Pulumi.dev-pr-1.yaml", JSON.stringify({ config: { "packit:cluster": settings } }));
    const start = Date.now();
    const up = await checkout.stacks("up", "dev-pr-1");
    assert.notEqual(up.code, 0);
    assert.ok(Date.now() - start < 10_000, `it took ${Date.now() - start} ms`);
    assert.match(up.output, /127\.0\.0\.1:1\b/);
  });

  it("of a field that the API server does not know stops the first preview", async () => {
    const file = join("components", "platform", "pod.ts");
    const source = readFileSync(join(checkout.root, file), "utf8");
    write(file, source.replace("enableServiceLinks:", "enableServiceLink:"));
    const preview = await checkout.stacks("preview", "dev-pr-1");
    assert.notEqual(preview.code, 0);
    assert.match(preview.output, /packit-service[\s\S]*enableServiceLink/);
    assert.deepEqual(await checkout.objectsOf("dev-pr-1", "namespaces"), []);
  });
});
