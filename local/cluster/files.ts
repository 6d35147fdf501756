import { mkdirSync, renameSync, writeFileSync } from "node:fs";

/** Writes a file that only its owner may read, all at once: a reader sees the old or the new text. */
export function writePrivately(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/** Makes a folder that only its owner may enter. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}
