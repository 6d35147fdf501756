import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { MARK } from "./manifest";

/** What is to be done to a folder until it holds these manifests and no others. */
export interface FolderChange {
  /** Paths within the folder, sorted. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares a folder with the manifests that it should hold.
 *
 * @param files - Text by path within the folder.
 * @throws Error when the folder holds files of somebody else under the same names, or another stack's.
 */
export function changeOf(folder: string, stack: string, files: ReadonlyMap<string, string>): FolderChange {
  const there = existing(folder);
  const foreign = [...there].filter(
    ([, text]) => text.startsWith(MARK) && text.split("\n", 1)[0] !== `${MARK}${stack}`,
  );
  if (foreign.length > 0) {
    throw new Error(`${folder} holds manifests of another stack: give each stack a folder of its own`);
  }
  const taken = [...files.keys()].find(
    (path) => there.has(path) && there.get(path)?.startsWith(MARK) !== true,
  );
  if (taken !== undefined) {
    throw new Error(`${join(folder, taken)} was not made by this command: move it, or choose another folder`);
  }
  return {
    written: [...files]
      .filter(([path, text]) => there.get(path) !== text)
      .map(([path]) => path)
      .sort(),
    removed: [...there]
      .filter(([path, text]) => text.startsWith(MARK) && !files.has(path))
      .map(([path]) => path)
      .sort(),
  };
}

/** Does what a change says. */
export function applyChange(folder: string, files: ReadonlyMap<string, string>, change: FolderChange): void {
  for (const path of change.removed) rmSync(join(folder, path));
  for (const path of change.written) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), files.get(path) ?? "");
  }
}

/** The manifests in a folder and one level below, by path. */
function existing(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(folder, entry.name)).map((name) => join(entry.name, name))
      : [entry.name],
  );
  const manifests = paths.filter((path) => path.endsWith(".yaml"));
  return new Map(manifests.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
