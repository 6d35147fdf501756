import assert from "node:assert/strict";

import { stackTag } from "../../fleet/tag";

describe("a stack's tag", () => {
  it("holds organization, project and stack", () => {
    assert.deepEqual(stackTag("organization/packit/copr-stg"), {
      key: "copr-stack",
      value: "organization/packit/copr-stg",
    });
  });

  it("holds nothing that filters, policies or scripts read as something else", () => {
    const strange = ["", "a*", "a?", "a\\", "a${b}", "a=b=c", "a b", "a,b", "a\n", "'", "é", "x".repeat(257)];
    for (const value of strange) assert.throws(() => stackTag(value), /cannot be a stack's tag/, value);
  });
});
