import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Checkout } from "../support/checkout";

for (const stack of ["stg", "prod"]) {
  describe(`${stack} on the local control plane`, () => {
    let checkout: Checkout;
    let tracked: string;
    const trackedFile = (): string => readFileSync(join(checkout.root, `Pulumi.${stack}.yaml`), "utf8");

    before(() => {
      checkout = Checkout.make();
      tracked = trackedFile();
    });
    after(() => checkout.close());

    it("is refused without LOCAL=1, and nothing is started", async () => {
      const up = await checkout.stacks("up", stack);
      assert.equal(up.code, 1);
      assert.match(up.stderr, /packit:cluster: is missing.*only when told to/);
      assert.match((await checkout.stacks("env")).stdout, /PULUMI_HOME/);
      await assert.rejects(checkout.kubectl("version"));
    });

    it("names every missing secret at once, with the command that sets it", async () => {
      const preview = await checkout.stacks("preview", stack, "--local");
      assert.notEqual(preview.code, 0);
      for (const secret of ["database.password", "tls.privkey", "keytab", "githubApp.privateKey"]) {
        assert.match(preview.output, new RegExp(`pulumi config set .*--secret .*packit:secrets\\.${secret}`));
      }
    });

    it("comes up with made-up secrets, every object accepted and every workload ready", async () => {
      assert.equal((await checkout.stacks("example-secrets", stack, "--local")).code, 0);
      const up = await checkout.stacks("up", stack, "--local");
      assert.equal(up.code, 0, up.output);
      for (const { metadata, spec, status } of await checkout.objectsOf(stack, "deployments,statefulsets")) {
        assert.equal(status.readyReplicas, spec.replicas, metadata.name);
      }
    });

    it("D32: leaves the image that a trigger has set, and sees no change in it", async () => {
      const images = async (): Promise<unknown[]> =>
        (await checkout.objectsOf(stack, "deployments,statefulsets")).map(
          ({ spec }) => spec.template.spec.containers[0].image,
        );
      const before = await images();
      assert.ok(
        before.some((image) => String(image).includes("@sha256:")),
        String(before),
      );
      const again = await checkout.stacks("up", stack, "--local");
      assert.match(again.stdout, /Resources:\s+\d+ unchanged/);
      assert.deepEqual(await images(), before);
    });

    it("D48: stops a destroy before it has deleted anything", async () => {
      const count = async (): Promise<number> =>
        (await checkout.objectsOf(stack, "all,configmaps,secrets,persistentvolumeclaims,routes")).length;
      const before = await count();
      const destroy = await checkout.stacks("destroy", stack, "--local");
      assert.notEqual(destroy.code, 0);
      assert.match(destroy.output, /protected/);
      assert.equal(await count(), before);
    });

    it("leaves the tracked settings byte for byte as they are", () => {
      assert.equal(trackedFile(), tracked);
    });
  });
}

describe("dev on the local control plane", () => {
  let checkout: Checkout;

  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  it("comes up without any flag, makes its own secrets, and leaves the tracked settings alone", async () => {
    const file = join(checkout.root, "Pulumi.dev.yaml");
    const tracked = readFileSync(file, "utf8");
    const up = await checkout.stacks("up", "dev");
    assert.equal(up.code, 0, up.output);
    const workloads = await checkout.objectsOf("dev", "deployments,statefulsets");
    assert.ok(workloads.length >= 9, String(workloads.length));
    for (const { metadata, spec, status } of workloads) {
      assert.equal(status.readyReplicas, spec.replicas, metadata.name);
    }
    assert.equal(readFileSync(file, "utf8"), tracked);
  });
});
