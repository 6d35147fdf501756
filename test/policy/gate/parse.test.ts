import assert from "node:assert/strict";

import { INPUT_LIMITS } from "../../../policy/gate/limits";
import { parsePreview } from "../../../policy/gate/parse";
import { Unreadable } from "../../../policy/gate/unreadable";

/** What is no preview, by what is said of it. */
const BAD: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ["nothing", "", /is empty/],
  ["blanks", " \n\t ", /is empty/],
  ["the display for people", "Previewing update (prod):\n + create", /was the preview run with --json/],
  ["a document that was cut off", '{"steps":[{"op":"same"', /ends in the middle/],
  ["one that was cut off in a text", '{"steps":[{"op":"sa', /ends in the middle of a text/],
  ["broken JSON", '{"steps":[}]}', /no valid JSON/],
  ["a secret in broken JSON", '{"password": hunter2}', /no valid JSON \(position|no valid JSON$/],
  ["two documents", '{"steps":[]}{"steps":[]}', /no valid JSON/],
  ["a list", "[]", /expected an object/],
  ["null", "null", /expected an object/],
  ["an empty object", "{}", /neither steps nor errors/],
  ["no steps", '{"steps":[]}', /neither steps nor errors/],
  ["steps that are none", '{"steps":[1]}', /steps\.0/],
  ["a URN that is none", '{"steps":[{"op":"same","urn":"x"}]}', /steps\.0\.urn/],
  ["an event log", '{"sequence":1,"resourcePreEvent":{}}', /log of engine events/],
  ["lists within lists", "[".repeat(100_000), /nests deeper than 100/],
  ["too many values", `{"steps":[${"0,".repeat(1_600_000)}0]}`, /more than 1500000 values/],
  ["strange bytes", "\u0000\u0001\u0002", /is no JSON/],
];

describe("reading a preview", () => {
  for (const [what, text, says] of BAD) {
    it(`refuses ${what} in one line`, () => {
      assert.throws(
        () => parsePreview(Buffer.from(text)),
        (error: unknown) =>
          error instanceof Unreadable &&
          says.test(error.message) &&
          !error.message.includes("\n") &&
          !error.message.includes("hunter2"),
      );
    });
  }

  it("refuses 50 MB at once", () => {
    const begun = performance.now();
    assert.throws(() => parsePreview(Buffer.alloc(50_000_000, "[")), /larger than 32 MiB/);
    assert.ok(performance.now() - begun < 1_000);
  });

  it("is not fooled by names that objects have anyway", () => {
    const text =
      '{"steps":[],"__proto__":{"steps":[1]},"constructor":{},"diagnostics":[{"severity":"error","message":"x"}]}';
    assert.deepEqual(parsePreview(Buffer.from(text)), { steps: [], config: {}, errors: ["x"], summary: {} });
    assert.equal(INPUT_LIMITS.depth, 100);
  });
});
