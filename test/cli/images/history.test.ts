import assert from "node:assert/strict";

import { before, digestBefore, historiesOf } from "../../../cli/images/history";
import { digest, REPOSITORY, worker } from "./use";

const [A, B, C] = [digest("a"), digest("b"), digest("c")];

describe("what ran before", () => {
  it("is the older neighbour of what runs", () => {
    assert.equal(before([A, B, C], A), B);
    assert.equal(before([A], A), undefined);
    assert.equal(before([], ""), undefined);
  });

  it("is further back after a rollback, and not what was rolled back", () => {
    // B came after A, and was taken back to A.
    assert.equal(before([A, B, A, C], A), C);
    assert.equal(before([A, B, A], A), undefined);
  });
});

describe("the history of workloads on plain Kubernetes", () => {
  const at = (minute: number): string => `2026-01-01T00:0${minute}:00Z`;
  const template = (image: string) => ({ spec: { containers: [{ image: "sidecar:1" }, { image }] } });
  const owned = (name: string, made: number) => ({
    creationTimestamp: at(made),
    ownerReferences: [{ kind: "any", name }],
  });
  const statefulSet = (name: string, image: string, made: number, revision = made) => ({
    metadata: owned(name, made),
    revision,
    data: { spec: { template: template(`${REPOSITORY}@${image}`) } },
  });
  const deployment = (name: string, image: string, made: number, revision = made) => ({
    metadata: {
      ...owned(name, made),
      annotations: { "deployment.kubernetes.io/revision": String(revision) },
    },
    spec: { template: template(`${REPOSITORY}@${image}`) },
  });
  const found = (...revisions: Parameters<typeof historiesOf>[1]) =>
    digestBefore(worker, historiesOf(worker, revisions));

  it("comes from ReplicaSets and from a StatefulSet's revisions", () => {
    assert.equal(found(deployment("beat", A, 1), deployment("beat", B, 2)), A);
    assert.equal(found(statefulSet("worker", B, 2), statefulSet("worker", A, 1)), A);
  });

  it("does not count a change of something else as a change of the image", () => {
    assert.equal(
      found(statefulSet("worker", A, 1), statefulSet("worker", B, 2), statefulSet("worker", B, 3)),
      A,
    );
  });

  it("knows a revision that was taken up again: nothing is before it", () => {
    const back = [statefulSet("worker", A, 1, 3), statefulSet("worker", B, 2)];
    assert.throws(() => found(...back), /nothing is known of what worker ran before/);
    assert.equal(found(statefulSet("worker", C, 0), ...back), C);
  });

  it("must be the same for all workloads of the image", () => {
    const one = [deployment("beat", A, 1), deployment("beat", C, 3)];
    assert.equal(found(...one, statefulSet("worker", A, 1), statefulSet("worker", C, 3)), A);
    assert.throws(
      () => found(...one, statefulSet("worker", B, 1), statefulSet("worker", C, 3)),
      /ran different images before \(beat sha256:a+, worker sha256:b+\): name one: .*worker=sha256/,
    );
  });

  it("does not guess what a tag once meant", () => {
    const tagged = { ...statefulSet("worker", A, 1), data: { spec: { template: template(worker.source) } } };
    assert.throws(() => found(tagged, statefulSet("worker", B, 2)), /worker ran .*:stg before, whose tag/);
  });

  it("leaves other images out", () => {
    const other = { ...statefulSet("valkey", A, 1), data: { spec: { template: template("quay.io/a/b:1") } } };
    assert.deepEqual(historiesOf(worker, [other]), []);
  });
});
