import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { localFolder, projectRoot } from "../../tools/setup/project";
import { readToolchain } from "../../tools/setup/toolchain";
import { ClusterError } from "./error";
import type { Installation } from "./programs";

/** The programs as `make setup` has left them. */
export function installedPrograms(root: string = projectRoot()): Installation {
  const { kubernetesBin, kwokStages, definitions } = readToolchain(root);
  const controller = join(localFolder(root), "build", "openshift-stand-in.js");
  if (!existsSync(controller)) {
    throw new ClusterError(`${controller} is missing: run \`make setup\``);
  }
  return { binaries: kubernetesBin, stages: kwokStages, definitions, controller };
}

/** Tells one installation from another, so that a control plane that still runs the old one is started anew. */
export function installationFingerprint({ controller, stages, definitions }: Installation): string {
  const hash = createHash("sha256");
  for (const file of [controller, stages, definitions]) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}
