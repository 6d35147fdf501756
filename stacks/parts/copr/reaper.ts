import { existsSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { plainError } from "../../plain-error";

/** The reaper's bundle within the checkout. */
const BUNDLE = join(".local", "build", "reaper.js");

/**
 * The reaper, as AWS runs it.
 *
 * @param root - Folder of the checkout.
 * @throws RunError when it has not been bundled.
 */
export function reaperArchive(root: string): pulumi.asset.Archive {
  const bundle = join(root, BUNDLE);
  if (!existsSync(bundle))
    throw plainError(`${BUNDLE} is missing, which ends builders that are too old: make build`);
  return new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.FileAsset(bundle) });
}
