import assert from "node:assert/strict";

import { gathered } from "../../../cli/commands/images/status";

describe("what is wrong with images", () => {
  it("is said once for all that have it", () => {
    const down = "quay.io does not answer";
    assert.deepEqual(
      gathered([
        ["service", down],
        ["worker", down],
        ["nginx", "no such tag"],
        ["worker", "expired"],
      ]),
      [`service, worker: ${down}`, "nginx: no such tag", "worker: expired"],
    );
  });

  it("is nothing when nothing is", () => {
    assert.deepEqual(gathered([]), []);
  });
});
