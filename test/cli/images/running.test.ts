import assert from "node:assert/strict";

import { presentDigest } from "../../../cli/images/now";
import { type Pod, runningOf } from "../../../cli/images/running";
import { referenceTo, wishOf } from "../../../cli/images/wish";
import { age, table } from "../../../cli/images/words";
import { digest, held, REPOSITORY, worker } from "./use";

const [A, B] = [digest("a"), digest("b")];

function pod(component: string, image: string, imageID?: string, index = 0): Pod {
  return {
    metadata: { name: `${component}-${index}`, labels: { component } },
    spec: { containers: [{ name: "main", image }] },
    status: { phase: "Running", containerStatuses: [{ name: "main", ...(imageID && { imageID }) }] },
  };
}

describe("what runs of an image", () => {
  it("is told by digest, with the pods and whose they are", () => {
    const pods = [
      pod("worker", `${REPOSITORY}@${A}`),
      pod("beat", `${REPOSITORY}@${A}`),
      pod("web", "quay.io/a/b:1"),
    ];
    assert.deepEqual(runningOf(worker, pods), [
      { image: `${REPOSITORY}@${A}`, digest: A, pods: 2, workloads: ["beat", "worker"] },
    ]);
  });

  it("is two things while a new image is rolled out", () => {
    const pods = [
      pod("worker", `${REPOSITORY}@${B}`),
      ...[1, 2].map((index) => pod("worker", `${REPOSITORY}@${A}`, undefined, index)),
    ];
    const running = runningOf(worker, pods);
    assert.deepEqual(
      running.map((one) => [one.digest, one.pods]),
      [
        [A, 2],
        [B, 1],
      ],
    );
    assert.throws(() => presentDigest({ use: worker, running }), /is being rolled out/);
  });

  it("counts pods, however many of their containers run it", () => {
    const one = pod("worker", `${REPOSITORY}@${A}`);
    const [container = { name: "", image: "" }] = one.spec.containers;
    const both = { ...one, spec: { containers: [container, { ...container, name: "sidecar" }] } };
    assert.deepEqual(
      runningOf(worker, [both, pod("worker", `${REPOSITORY}@${A}`, undefined, 1)]).map(({ pods }) => pods),
      [2],
    );
  });

  it("is what the node says when the pod names a tag", () => {
    const pods = [pod("worker", worker.source, `docker-pullable://${REPOSITORY}@${A}`)];
    assert.equal(presentDigest({ use: worker, running: runningOf(worker, pods) }), A);
    assert.throws(
      () => presentDigest({ use: worker, running: runningOf(worker, [pod("worker", worker.source)]) }),
      /no node says which .*:stg it runs/,
    );
  });

  it("is recognised by the stream's short name, which a trigger has not replaced yet", () => {
    assert.equal(runningOf(held, [pod("worker", "packit-worker:stg")]).length, 1);
    assert.equal(runningOf(worker, [pod("worker", "packit-worker:stg")]).length, 0);
  });

  it("is what the ImageStream holds, where there is one", () => {
    const stream = { history: [{ digest: B, since: "2026-01-01T00:00:00Z" }] };
    assert.equal(presentDigest({ use: held, running: [], held: stream }), B);
    assert.throws(() => presentDigest({ use: worker, running: [] }), /nothing runs worker/);
  });
});

describe("what a command is asked for", () => {
  it("is an image, by a digest or a tag or neither", () => {
    assert.deepEqual(wishOf("worker"), { use: "worker" });
    assert.deepEqual(wishOf(`worker=${A}`), { use: "worker", which: A });
    assert.equal(referenceTo(worker, A).digest, A);
    assert.equal(referenceTo(worker, "main-1a2b3c4-1700000000").tag, "main-1a2b3c4-1700000000");
    assert.throws(() => referenceTo(worker, "sha256:abc"), /worker=sha256:abc: neither a digest/);
  });

  it("is answered in ages and columns that people can read", () => {
    const now = new Date("2026-01-10T00:00:00Z");
    assert.equal(age(new Date("2026-01-01T00:00:00Z"), now), "9 days");
    assert.equal(age(new Date("2026-01-09T12:00:00Z"), now), "12 hours");
    assert.equal(age(new Date("2026-01-09T23:30:00Z"), now), "30 min");
    assert.equal(age(new Date("2026-01-11T00:00:00Z"), now), "0 min");
    assert.equal(
      table([
        ["A", "LONG"],
        ["longer", ""],
      ]),
      "A       LONG\nlonger",
    );
  });
});
