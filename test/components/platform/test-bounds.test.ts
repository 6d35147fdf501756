import assert from "node:assert/strict";

import type { KubernetesObject, Stack } from "../../support/mocks";
import { deployed } from "../../stacks/deployed";

function inNamespace(stack: Stack, kind: string, namespace: string): KubernetesObject[] {
  return stack.objects(kind).filter(({ metadata }) => metadata.namespace === namespace);
}

describe("the bounds of a test instance", () => {
  for (const namespace of ["packit-dev-pr-614", "packit-dev-pr-614-sandbox"]) {
    it(`are a time to live, a quota and limits in ${namespace}`, async () => {
      const { stack } = await deployed("dev-pr-614");
      const { metadata } = stack.object("Namespace", namespace);
      assert.equal(metadata.annotations?.["packit.dev/ttl"], "48h");
      const [quota] = inNamespace(stack, "ResourceQuota", namespace);
      assert.deepEqual(quota?.spec.hard, {
        pods: "40",
        "limits.cpu": "8",
        "limits.memory": "16Gi",
        "requests.storage": "40Gi",
      });
      const [range] = inNamespace(stack, "LimitRange", namespace);
      assert.equal(range?.spec.limits[0].default.memory, "512Mi");
    });
  }

  it("are not those of an environment", async () => {
    const { stack } = await deployed("dev");
    assert.deepEqual([...stack.objects("ResourceQuota"), ...stack.objects("LimitRange")], []);
    assert.equal(stack.object("Namespace", "packit-dev").metadata.annotations, undefined);
  });
});
