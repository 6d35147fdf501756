import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type ProjectPaths, projectPaths } from "../../cli/paths";

/** Makes the folder of a project that has neither stacks nor settings. Whoever makes it removes `root`. */
export function emptyProject(): ProjectPaths {
  const root = mkdtempSync(join(tmpdir(), "packit-stacks-"));
  writeFileSync(join(root, "Pulumi.yaml"), "name: packit\n");
  return projectPaths(root);
}
