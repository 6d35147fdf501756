import assert from "node:assert/strict";

import { builtText } from "../../../../cli/instances/deploy/build";

describe("what came of building", () => {
  it("tells what was built from what was there", () => {
    assert.equal(builtText(["service", "worker"], new Set()), "built service, worker");
    assert.equal(
      builtText(["service", "worker"], new Set(["service"])),
      "built worker; service was built before",
    );
    assert.equal(
      builtText(["service", "worker"], new Set(["worker", "service"])),
      "service, worker were built before",
    );
  });
});
