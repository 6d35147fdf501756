import { existsSync } from "node:fs";
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
