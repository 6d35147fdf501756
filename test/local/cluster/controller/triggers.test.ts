import assert from "node:assert/strict";

import type { KubernetesObject } from "../../../../local/cluster/api";
import type { ImageStream } from "../../../../local/cluster/controller/image-streams";
import { findImageField, imageChanges } from "../../../../local/cluster/controller/triggers";

const newest = "quay.io/packit/packit-worker@sha256:1";
const stream: ImageStream = {
  metadata: { name: "packit-worker", namespace: "packit-dev" },
  status: {
    tags: [
      {
        tag: "dev",
        items: [{ created: "", dockerImageReference: newest, image: "sha256:1", generation: 1 }],
      },
    ],
  },
};
const streams = { get: (key: string) => (key === "packit-dev/packit-worker" ? stream : undefined) };
const byName = 'spec.template.spec.containers[?(@.name=="worker")].image';

const workload = (annotation: unknown, image = "packit-worker:dev"): KubernetesObject & { spec: object } => ({
  metadata: {
    name: "packit-worker",
    namespace: "packit-dev",
    annotations: {
      "image.openshift.io/triggers": typeof annotation === "string" ? annotation : JSON.stringify(annotation),
    },
  },
  spec: { template: { spec: { containers: [{ name: "log" }, { name: "worker", image }] } } },
});
const trigger = { from: { kind: "ImageStreamTag", name: "packit-worker:dev" }, fieldPath: byName };

describe("image triggers", () => {
  it("set the image of the container that they name", () => {
    assert.deepEqual(imageChanges(workload([trigger]), streams), [
      { path: "/spec/template/spec/containers/1/image", image: newest },
    ]);
  });

  it("leave an image that is the newest", () => {
    assert.deepEqual(imageChanges(workload([trigger], newest), streams), []);
  });

  it("do nothing while paused, without a stream, or when the annotation cannot be read", () => {
    const other = { ...trigger, from: { kind: "ImageStreamTag", name: "other:dev" } };
    for (const annotation of [[{ ...trigger, paused: "true" }], [other], "not JSON"]) {
      assert.deepEqual(imageChanges(workload(annotation), streams), []);
    }
  });

  it("may name a stream in another namespace", () => {
    const elsewhere = { ...trigger, from: { ...trigger.from, namespace: "builds" } };
    assert.deepEqual(imageChanges(workload([elsewhere]), streams), []);
  });

  for (const [fieldPath, path] of [
    [byName, "/spec/template/spec/containers/1/image"],
    ["spec.template.spec.containers[?(@.name=='worker')].image", "/spec/template/spec/containers/1/image"],
    ["spec.template.spec.containers[0].image", "/spec/template/spec/containers/0/image"],
    ["spec.template.spec.containers[7].image", undefined],
    ["spec.template.spec.initContainers[0].image", undefined],
    ["spec.jobTemplate.spec.template.spec.containers[0].image", undefined],
    ["spec.template.spec.image", undefined],
  ] as const) {
    it(`${fieldPath} means ${path ?? "nothing"}`, () => {
      assert.equal(findImageField(workload([]), fieldPath)?.path, path);
    });
  }
});
