import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { writePrivately } from "../../local/cluster/files";
import { cached } from "./cache";
import { moduleSources } from "./go";
import { localFolder } from "./project";
import { pinKey } from "./versions";

/** kwok's stages, as its module keeps them: how a node and a pod become ready, and how they and a volume go. */
const stages = [
  "node/fast/node-initialize",
  "pod/fast/pod-ready",
  "pod/fast/pod-complete",
  "pod/fast/pod-delete",
  "volume/fast/pv-delete",
].map((name) => `${name}.yaml`);

/** This project's own: how a claim gets its volume. */
const ownStage = join("tools", "stages", "volume-provision.yaml");

/** Whether kwok's stages are in the cache. */
export function hasStages(root: string, cache: string): boolean {
  return existsSync(folderOf(root, cache));
}

/** Writes the stages into one file under `.local/` and gives it. */
export async function ensureStages(root: string, cache: string): Promise<string> {
  const folder = await cached(folderOf(root, cache), async (draft) => {
    const kwok = await moduleSources(root, "kubernetes", "sigs.k8s.io/kwok");
    for (const stage of stages) {
      mkdirSync(join(draft, dirname(stage)), { recursive: true });
      copyFileSync(join(kwok, "kustomize", "stage", stage), join(draft, stage));
    }
  });
  const files = [...stages.map((stage) => join(folder, stage)), join(root, ownStage)];
  const file = join(localFolder(root), "stages.yaml");
  writePrivately(file, files.map((path) => readFileSync(path, "utf8")).join("\n---\n"));
  return file;
}

function folderOf(root: string, cache: string): string {
  return join(cache, "stages", pinKey(root, ["kubernetes"]));
}
