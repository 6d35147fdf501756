import assert from "node:assert/strict";

import fc from "fast-check";

import { parseRef, type Ref, refText } from "../../../stacks/settings/references";

const branch = fc.stringMatching(/^[A-Za-z0-9_]([A-Za-z0-9._/-]{0,20}[A-Za-z0-9])?$/);
const ref: fc.Arbitrary<Ref> = fc
  .oneof(
    fc.record({ kind: fc.constant("pull" as const), number: fc.integer({ min: 1, max: 99_999_999 }) }),
    fc.record({ kind: fc.constant("branch" as const), branch }),
    fc.record({ kind: fc.constant("commit" as const), sha: fc.stringMatching(/^[0-9a-f]{7,40}$/) }),
    fc.record({
      kind: fc.constant("fork" as const),
      owner: fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/).filter((owner) => !["sha", "branch"].includes(owner)),
      branch,
    }),
  )
  .filter((one) => !("branch" in one) || !/\.\.|\/\/|\.lock(?:\/|$)/.test(one.branch));

describe("references to code", () => {
  it("are read as they are written", () => {
    fc.assert(
      fc.property(ref, (one) => {
        assert.deepEqual(parseRef(refText(one)), { ...one });
      }),
    );
  });

  for (const text of [
    "",
    "0",
    "-1",
    "0614",
    "614 ",
    "branch:",
    "branch:-x",
    "branch:a..b",
    "branch:a b",
    "branch:$(id)",
    "branch:main.lock",
    "branch:feature/",
    "sha:123",
    "sha:XYZ1234",
    "owner:",
    "-owner:main",
    "own er:main",
    "оwner:main",
    "owner:ma\nin",
  ]) {
    it(`are not ${JSON.stringify(text)}`, () => {
      assert.equal(parseRef(text), undefined);
    });
  }
});
