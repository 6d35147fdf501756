import { resolve } from "node:path";

import { Command } from "commander";

import type { ProjectPaths } from "../../paths";
import { plannedObjects } from "../../planned";
import { progress } from "../../report";
import { run } from "../../run";
import { settingsOnCluster } from "../../settings-of";
import { applyChange, changeOf } from "./folder";
import { manifest } from "./manifest";

/** `packit-stacks render`. */
export const renderCommand = new Command("render")
  .argument("<stack>")
  .argument("<dir>", "folder for the manifests, which nothing else writes to")
  .description(
    "write a stack's objects as plain manifests without secret values, for those who apply by other means",
  )
  .option("--check", "write nothing, and fail when the folder is not up to date", false)
  .option("--json", "print what was written and removed as JSON", false)
  .action(run(render));

interface RenderOptions {
  readonly check: boolean;
  readonly json: boolean;
}

async function render(
  paths: ProjectPaths,
  name: string,
  dir: string,
  { check, json }: RenderOptions,
): Promise<number> {
  const folder = resolve(dir);
  const objects = await plannedObjects(settingsOnCluster(paths, name), paths.root);
  const manifests = objects.map((object) => manifest(name, object));
  const files = new Map(manifests.map(({ path, text }) => [path, text]));
  const change = changeOf(folder, name, files);
  if (!check) applyChange(folder, files, change);
  if (json)
    console.log(
      JSON.stringify({ folder, ...change, unchanged: files.size - change.written.length }, undefined, 2),
    );
  else {
    for (const path of change.written) console.log(`${check ? "differs" : "wrote"}    ${path}`);
    for (const path of change.removed) console.log(`${check ? "too much" : "removed"}  ${path}`);
    progress(
      `${files.size} manifests of ${name} in ${folder}, ${change.written.length} of them new or changed`,
    );
  }
  const differs = change.written.length + change.removed.length > 0;
  return check && differs ? 1 : 0;
}
