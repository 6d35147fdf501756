// Bundles the Pulumi program. The program does it at its own start, since people also call `pulumi` directly.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { areCurrent, common, stampInputs, writeAtOnce } from "./bundle.mjs";

/** Starts the bundle's last line, which lists its sources: bundle and list cannot come from different runs. */
const mark = "//# inputs=";

/**
 * Gives the path of the program's bundle, made anew when a source has changed.
 * @throws Error that names the place, when a source cannot be read as TypeScript
 */
export async function bundleProgram(root) {
  const folder = join(root, ".local", "program");
  const file = join(folder, "index.js");
  if (isCurrent(root, file)) {
    return file;
  }
  const begun = Date.now();
  const { buildSync } = await import("esbuild");
  const { metafile, outputFiles } = buildSync({
    ...common,
    absWorkingDir: root,
    entryPoints: ["stacks/index.ts"],
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
