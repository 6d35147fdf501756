import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { dropDebugMessages } from "../../../stacks/start/debug-messages";

describe("the SDK's debug messages", () => {
  const log = createRequire(__filename)("@pulumi/pulumi/log");
  const { debug, info } = log;

  afterEach(() => {
    log.debug = debug;
  });

  it("are dropped where the SDK's own files look for the function, and no others", async () => {
    dropDebugMessages();
    assert.notEqual(log.debug, debug);
    assert.equal(await log.debug("registering a resource"), undefined);
    assert.equal(log.info, info);
  });
});
