import assert from "node:assert/strict";

import { inMebibytes, quantity } from "../../../components/platform/quantity";

describe("quantity", () => {
  it("reads Kubernetes' notations", () => {
    assert.equal(quantity("512Mi"), 512 * 2 ** 20);
    assert.equal(quantity("4Gi"), 2 ** 32);
    assert.equal(quantity("1.5Gi"), 1.5 * 2 ** 30);
    assert.equal(quantity("1G"), 1e9);
    assert.equal(quantity("2"), quantity("2000m"));
  });

  it("refuses what is not one, with an example", () => {
    for (const text of ["", "Gi", "4 Gi", "4GB", "-1Gi", "1e3"]) {
      assert.throws(() => quantity(text), /is not a quantity: write it like 512Mi/, text);
    }
  });

  it("writes bytes as mebibytes, rounded up", () => {
    assert.equal(inMebibytes(2 ** 20 + 1), "2Mi");
  });
});
