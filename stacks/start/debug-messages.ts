import { createRequire } from "node:module";

import type * as log from "@pulumi/pulumi/log";

/**
 * Keeps the SDK's own debug messages here: it sends several for each resource to the engine, one after the other,
 * which nearly always throws them away. Messages of other kinds are not touched.
 */
export function dropDebugMessages(): void {
  // An import would be a copy of what the SDK's own files look into.
  const shared = createRequire(__filename)("@pulumi/pulumi/log") as { debug: typeof log.debug };
  shared.debug = () => Promise.resolve();
}
