// What all bundles have in common: how they are made, and how one that is older than its sources is told.
import { renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Options of esbuild for everything that runs here. */
export const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "silent",
};

/**
 * The files that a bundle was made of, with their stamps; `more` are those that esbuild does not read. A file that
 * was written after the build had `begun` (in milliseconds) counts as changed.
 */
export function stampInputs(root, metafile, more, begun) {
  // The packages' own files change only together with the lock file.
  const own = Object.keys(metafile.inputs).filter((path) => !path.includes("node_modules/"));
  const inputs = [...own, "package-lock.json", "tools/bundle.mjs", ...more];
  return Object.fromEntries(inputs.map((path) => [path, stamp(root, path, begun)]));
}

/** Whether all files are as they were. */
export function areCurrent(root, inputs) {
  return Object.entries(inputs).every(([path, seen]) => stamp(root, path) === seen);
}

function stamp(root, path, begun = Infinity) {
  try {
    const { mtimeMs, size } = statSync(join(root, path));
    return mtimeMs < begun ? `${mtimeMs}/${size}` : "new";
  } catch {
    return "gone";
  }
}

/** Writes a file so that nobody ever sees a part of it. */
export function writeAtOnce(path, contents) {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
