import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The clone's root: the nearest folder above this file, bundled or not, that holds `Pulumi.yaml`. */
export function projectRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      throw new Error(`no Pulumi.yaml above ${from}`);
    }
  }
}

/** Where everything is kept that git does not: tools' settings, state, control plane, bundles. */
export function localFolder(root: string = projectRoot()): string {
  return join(root, ".local");
}
