import assert from "node:assert/strict";

import { hintFor } from "../../../cli/instances/find";

describe("whoever names an instance that is not there", () => {
  it("is told which one they may have meant, or where to look", () => {
    const there = ["stg-pr-614", "stg-packit-service-800-ogr-123"];
    assert.equal(hintFor("stg-pr-641", there), "did you mean stg-pr-614?");
    assert.equal(hintFor("stg-packit-service-800-ogr-12", there), `did you mean ${there[1]}?`);
    assert.equal(hintFor("dev-retry-storm", there), "packit-stacks list shows what there is");
    assert.equal(hintFor("stg-pr-614", []), "packit-stacks list shows what there is");
  });
});
