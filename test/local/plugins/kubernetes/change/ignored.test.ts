import assert from "node:assert/strict";
import type { PlainProperties } from "../../../../../local/plugins/frame/values";
import { withoutForeign } from "../../../../../local/plugins/kubernetes/change/ignored";

const us = "pulumi-kubernetes/dev/1";

const live = (owners: Record<string, PlainProperties>): PlainProperties => ({
  metadata: {
    managedFields: Object.entries(owners).map(([manager, fieldsV1]) => ({
      manager,
      operation: manager === us ? "Apply" : "Update",
      fieldsV1,
    })),
  },
});

const image = (fields: PlainProperties): PlainProperties => ({
  "f:spec": { "f:containers": { 'k:{"name":"web"}': { ".": {}, "f:name": {}, ...fields } } },
});

const object = {
  spec: {
    replicas: 2,
    containers: [
      { name: "other", image: "b" },
      { name: "web", image: "a", args: ["x"] },
    ],
  },
};

const sent = (owners: Record<string, PlainProperties>, ...ignored: string[]): PlainProperties =>
  withoutForeign(object, live(owners), us, ignored);

const webOf = (sentObject: PlainProperties): unknown =>
  (sentObject.spec as { containers: unknown[] }).containers[1];

describe("an ignored field (D32)", () => {
  const trigger = image({ "f:image": {} });

  it("is left out when another manager owns it, by index and by star", () => {
    for (const path of ["spec.containers[1].image", "spec.containers[*].image", "spec.containers"]) {
      assert.deepEqual(webOf(sent({ trigger }, path)), { name: "web", args: ["x"] }, path);
    }
  });

  it("is sent on when nobody else owns it, for else it would be removed", () => {
    assert.deepEqual(sent({ [us]: trigger }, "spec.containers[1].image"), object);
  });

  it("is only that field: what is not ignored stays", () => {
    assert.deepEqual(sent({ trigger }, "spec.containers[0].image"), object);
    assert.deepEqual(sent({ trigger }, "spec.replicas"), object);
    assert.deepEqual(sent({ scaler: { "f:spec": { "f:replicas": {} } } }, "spec.replicas").spec, {
      containers: object.spec.containers,
    });
  });

  it("within a list that cannot be shared leaves the list to its owner", () => {
    const args = image({ "f:args": {} });
    assert.deepEqual(webOf(sent({ other: args }, "spec.containers[1].args[0]")), { name: "web", image: "a" });
  });
});
