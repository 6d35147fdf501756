#!/usr/bin/env node
// `npx packit-stacks …` in a checkout: does the set-up that `make` does, which takes a tenth of a second when there is
// nothing to do, and runs the bundle. Uses Node alone, as a fresh clone has no packages yet.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Standard output is for the command's results.
const [command, ...rest] = process.argv.slice(2);
// Judging a preview that is there needs the packages, but neither engine nor plugins.
const judges = command === "gate" && rest.some((word) => /^--preview(=|$)/.test(word));
const { status } = spawnSync(process.execPath, [join(root, "tools", judges ? "build.mjs" : "setup.mjs")], {
  cwd: root,
  stdio: ["ignore", judges ? "ignore" : 2, 2],
});
if (status === 0) {
  const bundle = join(root, ".local", "build", "packit-stacks.js");
  process.argv[1] = bundle;
  createRequire(import.meta.url)(bundle);
} else {
  process.exitCode = status ?? 1;
}
