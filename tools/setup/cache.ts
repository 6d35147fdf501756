import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

import { identify } from "../process/identity";

const draftPrefix = ".draft-";

/** Where tools are kept for all clones: `PACKIT_CACHE`, else the user's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.PACKIT_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "packit-stacks");
}

/**
 * Gives a folder of the cache, made by `make` if it is not there. It appears all at once: a build that is
 * interrupted leaves nothing behind that could be taken for a finished one.
 */
export async function cached(folder: string, make: (draft: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) {
    return folder;
  }
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const draft = mkdtempSync(join(parent, `${draftPrefix}${process.pid}-`));
  try {
    await make(draft);
    publish(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

function publish(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another clone's set-up was quicker, and its build is as good.
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent).filter((entry) => basename(entry).startsWith(draftPrefix))) {
    if (identify(Number(name.split("-")[1])) === undefined) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}
