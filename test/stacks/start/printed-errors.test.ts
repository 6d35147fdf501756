import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { inspect } from "node:util";

const { printStacksAlone } = createRequire(__filename)("../../../stacks/start/printed-errors.cjs");

describe("an unexpected error", () => {
  class Unexpected extends Error {
    readonly attached = { huge: true };
  }
  printStacksAlone(Unexpected.prototype);

  it("is printed as its stack, without what hangs on it", () => {
    const error = new Unexpected("lost");
    assert.equal(inspect(error, { colors: true }), error.stack);
  });

  it("is printed with its causes", () => {
    const error = new Unexpected("lost", { cause: new Unexpected("left open") });
    assert.match(inspect(error), /lost[^]*\ncaused by: Error: left open\n {4}at /);
  });
});
