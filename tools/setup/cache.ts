import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

import { identify } from "../process/identity";

const draftPrefix = ".draft-";

/** How long a folder of the cache is kept that no clone uses, in days. */
const keptDays = 60;

const used = new Set<string>();

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
    return markUsed(folder);
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
  return markUsed(folder);
}

/** Notes the use on the folder itself, by its time, and gives it. */
export function markUsed(folder: string): string {
  const now = new Date();
  attempt(() => {
    utimesSync(folder, now, now);
  });
  used.add(folder);
  return folder;
}

/** The folders of the cache that this process has used. */
export function usedFolders(): readonly string[] {
  return [...used].sort();
}

/** Removes what no clone has used for long: versions from before an update, mostly. Gives the removed folders. */
export function prune(cache: string): readonly string[] {
  const oldest = Date.now() - keptDays * 24 * 60 * 60 * 1000;
  const unused = foldersIn(cache)
    .flatMap(foldersIn)
    .filter((folder) => statSync(folder).mtimeMs < oldest);
  return unused.filter((folder) =>
    attempt(() => {
      rmSync(folder, { recursive: true });
    }),
  );
}

/** Whether it has worked: a folder may be another user's, with whom the cache is shared. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
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
