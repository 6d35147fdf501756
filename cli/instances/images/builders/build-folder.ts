import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isAlive } from "../../../interrupted";

/** How the folder of a build is called: with the process that builds. */
const NAME = /^packit-build-(\d+)-/;

/**
 * Makes a folder for a build, once those of killed builders are gone.
 *
 * @param within - Folder of temporary files.
 */
export function buildFolder(within: string = tmpdir()): string {
  clearBuildFolders(within);
  return mkdtempSync(join(within, `packit-build-${process.pid}-`));
}

/** Removes the folders whose builder has been killed: there is a repository with its history in each. */
export function clearBuildFolders(within: string = tmpdir()): void {
  for (const entry of readdirSync(within)) {
    const pid = NAME.exec(entry)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(within, entry), { recursive: true, force: true });
    } catch {
      // Somebody else's, or somebody else is at it.
    }
  }
}
