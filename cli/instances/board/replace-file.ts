import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Puts a text in a file's place at once: a web server that reads it meanwhile gives the old or the new one, and no half.
 *
 * @throws Error when the folder is missing, or may not be written to.
 */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { mode: 0o644 });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    // What the file is called until then helps nobody.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}
