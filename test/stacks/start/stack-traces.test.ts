import assert from "node:assert/strict";

import { spareStacks } from "../../../stacks/start/stack-traces";

describe("stacks that nobody reads", () => {
  const format = (error: Error, frames: NodeJS.CallSite[]) => `${error.message} in ${frames.length} frames`;
  const frame = (name: string | null) => ({ getFunctionName: () => name }) as NodeJS.CallSite;

  function formatted(name: string | null): unknown {
    const holder = { prepareStackTrace: format };
    spareStacks(holder);
    return holder.prepareStackTrace(new Error("lost"), [frame(name), frame("program")]);
  }

  it("are not formatted for the SDK's own calls", () => {
    assert.equal(formatted("debuggablePromise"), "");
    assert.equal(formatted("callsites"), "");
  });

  it("are formatted as before for all others", () => {
    assert.equal(formatted("packit"), "lost in 2 frames");
    assert.equal(formatted(null), "lost in 2 frames");
  });

  it("stay Node.js's own where nobody has installed a format", () => {
    const holder: { prepareStackTrace?: typeof format } = {};
    spareStacks(holder);
    assert.equal(holder.prepareStackTrace, undefined);
  });
});
