// Bundles the Pulumi program and the policy pack. Each does it at its own start, since people also call `pulumi`
// directly.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { areCurrent, common, stampInputs, writeAtOnce } from "./bundle.mjs";

/** Starts the bundle's last line, which lists its sources: bundle and list cannot come from different runs. */
const mark = "//# inputs=";

/**
 * Gives the path of the program's bundle, made anew when a source has changed.
 * @throws Error that names the place, when a source cannot be read as TypeScript
 */
export const bundleProgram = (root) => bundle(root, "stacks/index.ts", "index.js");

/** The same for the policy pack. */
export const bundlePack = (root) => bundle(root, "policy/index.ts", "pack.js");

async function bundle(root, entry, name) {
  const folder = join(root, ".local", "program");
  const file = join(folder, name);
  if (isCurrent(root, file)) {
    return file;
  }
  const begun = Date.now();
  const { buildSync } = await import("esbuild");
  const { metafile, outputFiles } = buildSync({
    ...common,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: file,
    sourcemap: "linked",
    sourcesContent: false,
    // There may be only one of the SDK, and the language host has loaded it.
    external: ["@pulumi/*"],
  });
  const [map, code] = outputFiles;
  const inputs = stampInputs(root, metafile, ["tools/program.mjs"], begun);
  mkdirSync(folder, { recursive: true });
  writeAtOnce(map.path, map.contents);
  writeAtOnce(file, `${code.text}${mark}${JSON.stringify(inputs)}\n`);
  return file;
}

function isCurrent(root, file) {
  try {
    const text = readFileSync(file, "utf8");
    return areCurrent(root, JSON.parse(text.slice(text.lastIndexOf(mark) + mark.length)));
  } catch {
    return false;
  }
}
