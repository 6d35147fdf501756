import assert from "node:assert/strict";

import fc from "fast-check";

import { editDistance, nearest } from "../../../stacks/settings/nearest";

describe("the nearest known word", () => {
  const known = ["workers", "dashboard", "database", "beat"];

  it("finds a word with a letter missing, doubled, changed or swapped", () => {
    for (const typo of ["wrokers", "workes", "workerss", "vorkers", "Workers"]) {
      assert.equal(nearest(typo, known), "workers");
    }
  });

  it("finds nothing when nothing is near", () => {
    assert.equal(nearest("kubernetes", known), undefined);
    assert.equal(nearest("x", known), undefined);
  });

  it("measures a distance: none to itself, the same both ways", () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        assert.equal(editDistance(one, one), 0);
        assert.equal(editDistance(one, other), editDistance(other, one));
        assert.ok(editDistance(one, other) <= Math.max(one.length, other.length));
      }),
    );
  });
});
