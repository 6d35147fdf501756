import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(__filename);
const { dropDebugMessages } = require("../../../stacks/start/debug-messages.cjs");

describe("the SDK's debug messages", () => {
  const log = require("@pulumi/pulumi/log");
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
