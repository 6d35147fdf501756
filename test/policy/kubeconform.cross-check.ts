import assert from "node:assert/strict";
import { join } from "node:path";

import { startCluster } from "../../local/cluster";
import { Checkout } from "../support/checkout";
import { crossChecked } from "./cross-checked";
import { Kubeconform } from "./kubeconform";
import { type KubernetesObject, strictSchemas } from "./openapi-schemas";

/** Time in milliseconds to build it and to start the control plane whose schemas it takes. */
const TIMEOUT_MS = 300_000;

/** What somebody writes wrongly, by the first line of what kubeconform says. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- objects are broken here in ways that no type allows
const BROKEN: Readonly<Record<string, (deployment: any) => void>> = {
  "additional properties 'replica' not allowed": ({ spec }) => (spec.replica = 2),
  "additional properties 'image-pull-policy' not allowed": ({ spec }) =>
    (spec.template.spec.containers[0]["image-pull-policy"] = "Always"),
  "got string, want integer": ({ spec }) => (spec.replicas = "two"),
  "missing property 'selector'": ({ spec }) => delete spec.selector,
};

describe("kubeconform", function () {
  this.timeout(TIMEOUT_MS);
  let checkout: Checkout;
  let kubeconform: Kubeconform | undefined;
  let objects: readonly KubernetesObject[];

  before(async () => {
    checkout = Checkout.make();
    await startCluster(join(checkout.root, ".local", "cluster"));
    objects = (await crossChecked()).map(({ inputs }) => inputs as unknown as KubernetesObject);
    kubeconform = new Kubeconform(
      await strictSchemas(objects, (path) => checkout.kubectl("get", "--raw", path)),
    );
  });
  after(async () => {
    kubeconform?.close();
    await checkout.close();
  });

  it("finds nothing in the project's objects", () => {
    assert.ok(objects.length > 400, String(objects.length));
    assert.deepEqual(kubeconform?.faults(objects), []);
  });

  it("would find what is written wrongly", () => {
    const deployment = objects.find(({ kind }) => kind === "Deployment");
    for (const [says, breaks] of Object.entries(BROKEN)) {
      const broken = structuredClone(deployment);
      assert.ok(broken);
      breaks(broken);
      const [fault = "", ...others] = kubeconform?.faults([broken]) ?? [];
      assert.ok(fault.includes(says) && others.length === 0, `${says}: ${fault}`);
    }
  });
});
