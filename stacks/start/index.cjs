"use strict";

// Spares the program more than half of what Pulumi's SDK costs it. Node.js loads it before the SDK (`nodeargs` in
// Pulumi.yaml). Who looks for an error in the SDK turns it off with the SDK's own switch, `PULUMI_DEBUG_PROMISE_LEAKS`.
// `docs/performance.md` says what each part is worth.
const { dropDebugMessages } = require("./debug-messages.cjs");
const { loadWhenUsed } = require("./late-modules.cjs");
const { printStacksAlone } = require("./printed-errors.cjs");
const { spareStacks } = require("./stack-traces.cjs");

if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
  loadWhenUsed();
  spareStacks();
  dropDebugMessages();
  printStacksAlone();
}
