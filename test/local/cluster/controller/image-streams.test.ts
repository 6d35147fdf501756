import assert from "node:assert/strict";

import { resolveImage } from "../../../../local/cluster/controller/image-references";
import { type ImageStream, importedTags } from "../../../../local/cluster/controller/image-streams";

const now = "2026-01-01T00:00:00Z";
const stream = (image: string, status: ImageStream["status"] = {}): ImageStream => ({
  metadata: { name: "packit-worker", namespace: "packit-dev" },
  spec: { tags: [{ name: "dev", from: { kind: "DockerImage", name: image } }] },
  status,
});
const imported = (before: ImageStream): ImageStream => {
  const tags = importedTags(before, now);
  assert.ok(tags);
  return { ...before, status: { tags } };
};

describe("references to images", () => {
  for (const [reference, name] of [
    ["quay.io/packit/packit-worker:dev", "quay.io/packit/packit-worker"],
    ["localhost:5000/packit-worker", "localhost:5000/packit-worker"],
    ["localhost:5000/packit-worker:dev", "localhost:5000/packit-worker"],
  ] as const) {
    it(`${reference} becomes ${name} with a digest`, () => {
      assert.match(resolveImage(reference).reference, new RegExp(`^${name}@sha256:[0-9a-f]{64}$`));
    });
  }

  it("resolve the same way each time, and another tag another way", () => {
    assert.deepEqual(resolveImage("a:1"), resolveImage("a:1"));
    assert.notEqual(resolveImage("a:1").image, resolveImage("a:2").image);
  });

  it("keep a digest that they have", () => {
    assert.deepEqual(resolveImage("a:1@sha256:b"), { image: "sha256:b", reference: "a@sha256:b" });
  });
});

describe("imports of an ImageStream", () => {
  it("fill in the status once", () => {
    const after = imported(stream("quay.io/packit/packit-worker:dev"));
    const [tag] = after.status?.tags ?? [];
    assert.equal(tag?.tag, "dev");
    assert.match(tag.items[0]?.dockerImageReference ?? "", /^quay\.io\/packit\/packit-worker@sha256:/);
    assert.equal(importedTags(after, now), undefined);
  });

  it("put a newly followed image before the older ones", () => {
    const first = imported(stream("quay.io/packit/packit-worker:1"));
    const second = imported(stream("quay.io/packit/packit-worker:2", first.status));
    const [tag] = second.status?.tags ?? [];
    assert.deepEqual(
      tag?.items.map(({ generation }) => generation),
      [2, 1],
    );
    assert.equal(tag.items[1], first.status?.tags?.[0]?.items[0]);
  });

  it("go back to an image that was followed before", () => {
    const first = imported(stream("a:1"));
    const third = imported(stream("a:1", imported(stream("a:2", first.status)).status));
    assert.equal(third.status?.tags?.[0]?.items[0]?.image, first.status?.tags?.[0]?.items[0]?.image);
  });

  it("leave an image alone that somebody put into the status", () => {
    const [tag] = imported(stream("a:1")).status?.tags ?? [];
    assert.ok(tag);
    const newer = { created: now, dockerImageReference: "a@sha256:f", image: "sha256:f", generation: 2 };
    assert.equal(
      importedTags(stream("a:1", { tags: [{ ...tag, items: [newer, ...tag.items] }] }), now),
      undefined,
    );
  });

  it("need a tag that follows an image elsewhere", () => {
    assert.equal(importedTags({ metadata: { name: "empty" } }, now), undefined);
  });
});
