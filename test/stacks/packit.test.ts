import assert from "node:assert/strict";

import { parseStackName, placementOf, requirePackit } from "../../stacks/settings";
import type { Registered } from "../support/mocks";
import { SHARED_ENVIRONMENTS } from "../support/environments";
import { deployed, STACKS } from "./deployed";

/** Objects whose loss is the loss of data. */
function holdsData({ type, inputs }: Registered): boolean {
  if (/:(Namespace|Project|TenantNamespace)$/.test(type)) return true;
  const annotations = (inputs.metadata as { annotations?: Record<string, string> } | undefined)?.annotations;
  return type.endsWith(":PersistentVolumeClaim") && annotations?.["packit.dev/disposable"] === undefined;
}

describe("the program", () => {
  for (const name of SHARED_ENVIRONMENTS) {
    it(`protects what holds data in ${name}, and keeps the volumes when the stack goes`, async () => {
      const { stack } = await deployed(name);
      const data = stack.resources.filter(holdsData);
      assert.ok(data.length >= 3, String(data.length));
      for (const resource of data) {
        assert.equal(resource.protect, true, resource.name);
        const isVolume = resource.type.endsWith(":PersistentVolumeClaim");
        assert.equal(resource.retainOnDelete, isVolume, resource.name);
      }
    });

    it(`seals ${name} with an object that depends on every other one`, async () => {
      const { stack } = await deployed(name);
      const seal = stack.resource("ConfigMap", "stack-seal");
      assert.equal(seal.protect, true);
      const others = stack.resources.filter(({ name: other, type }) => other !== seal.name && isCustom(type));
      assert.equal(new Set(seal.dependencies).size, others.length);
    });
  }

  it("protects nothing in dev and test instances, which come and go", async () => {
    for (const name of ["dev", "dev-pr-614"] as const) {
      const { stack } = await deployed(name);
      assert.deepEqual(
        stack.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete),
        [],
      );
      assert.ok(!stack.has("ConfigMap", "stack-seal"));
    }
  });

  it("D03: makes every object under a group and version that serve its kind", async () => {
    for (const name of STACKS) {
      const { stack } = await deployed(name);
      for (const { apiVersion } of stack.objects("ImageStream")) {
        assert.equal(apiVersion, "image.openshift.io/v1");
      }
    }
    assert.ok((await deployed("prod")).stack.objects("ImageStream").length > 0);
  });

  it("D06: gives no host of one service to another", () => {
    const names = ["prod", "stream-prod", "source-git-prod", "stg", "stream-stg", "source-git-stg"];
    const hosts = names.flatMap((name) =>
      Object.values(placementOf(requirePackit(parseStackName(name))).hosts),
    );
    assert.equal(new Set(hosts).size, hosts.length);
  });
});

/** Whether a plugin makes it; components only group others. */
function isCustom(type: string): boolean {
  return !type.startsWith("packit:") && !type.startsWith("pulumi:providers:");
}
