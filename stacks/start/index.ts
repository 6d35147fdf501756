/**
 * Spares the program more than half of what Pulumi's SDK costs it. To be imported before anything that imports the
 * SDK. Who looks for an error in the SDK turns it off with the SDK's own switch, `PULUMI_DEBUG_PROMISE_LEAKS`.
 * `docs/performance.md` says what each part is worth.
 */
import { dropDebugMessages } from "./debug-messages";
import { loadWhenUsed } from "./late-modules";
import { printStacksAlone } from "./printed-errors";
import { spareStacks } from "./stack-traces";

if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) {
  loadWhenUsed();
  spareStacks();
  dropDebugMessages();
  printStacksAlone();
}
