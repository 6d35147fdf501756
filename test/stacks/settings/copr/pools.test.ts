import assert from "node:assert/strict";

import { isArm, memoryOf } from "../../../../stacks/settings/copr/pools";
import { coprSettings } from "./loading";

describe("Copr's pools", () => {
  it("offer what builds ask for", () => {
    const { tags, tagsOnDemand } = coprSettings("copr-dev").pools.x86 ?? assert.fail();
    assert.deepEqual(tagsOnDemand, []);
    for (const tag of [
      "copr_builder",
      "arch_noarch",
      "arch_x86_64_native",
      "arch_i686",
      "arch_s390x_emulated",
    ]) {
      assert.ok(tags.includes(tag), tag);
    }
    assert.ok(!tags.includes("arch_s390x_native"));
  });

  it("start for a tag alone when they are on demand", () => {
    const values = { builders: { pools: { x86: { onDemand: true, maxPrealloc: 0, tags: ["beefy"] } } } };
    const { tags, tagsOnDemand } = coprSettings("copr-dev", { values }).pools.x86 ?? assert.fail();
    assert.deepEqual(tags, ["copr_builder"]);
    assert.ok(tagsOnDemand.includes("beefy") && tagsOnDemand.includes("arch_x86_64"));
  });

  it("are none without builders", () => {
    const settings = coprSettings("copr-dev", { values: { builders: { enabled: false } } });
    assert.deepEqual(settings.pools, {});
    assert.equal(settings.resalloc, undefined);
    assert.ok(!settings.imageUses.some(({ use }) => use === "resalloc"));
  });

  it("know the memory of EC2's families", () => {
    const known = {
      "c6a.2xlarge": "16Gi",
      "c7g.medium": "2Gi",
      "m7i.large": "8Gi",
      "m6g.xlarge": "16Gi",
      "r7a.4xlarge": "128Gi",
      "t3a.medium": "4Gi",
      "t4g.2xlarge": "32Gi",
      "hpc7a.48xlarge": undefined,
      "u-6tb1.metal": undefined,
      "m7i.metal-24xl": undefined,
    };
    for (const [type, memory] of Object.entries(known)) assert.equal(memoryOf(type), memory, type);
  });

  it("know which types have processors of ARM", () => {
    assert.deepEqual(["c7g.large", "m6gd.large", "t4g.small"].map(isArm), [true, true, true]);
    assert.deepEqual(["c6a.large", "g4dn.xlarge", "m7i.large"].map(isArm), [false, false, false]);
  });
});
