import { Command } from "commander";

import { inMebibytes } from "../../../components/platform/quantity";
import type { ProjectPaths } from "../../paths";
import { plannedObjects } from "../../planned";
import { section } from "../../report";
import { run } from "../../run";
import { anySettingsOf } from "../../settings-of";
import { type Sums, sumsOf } from "./sums";

/** `packit-stacks quota`. */
export const quotaCommand = new Command("quota")
  .argument("<stack>")
  .description("sum up what a stack asks for in each namespace, for quota requests")
  .option("--json", "print the sums as JSON: bytes and cores", false)
  .action(run(quota));

async function quota(paths: ProjectPaths, name: string, { json }: { json: boolean }): Promise<number> {
  const sums = sumsOf(await plannedObjects(await anySettingsOf(paths, name), paths.root));
  console.log(json ? JSON.stringify(sums, undefined, 2) : sums.map(asText).join("\n\n"));
  return 0;
}

/** In the words of a ResourceQuota. */
function asText(sums: Sums): string {
  return section(sums.namespace, [
    ["pods", String(sums.pods)],
    ["requests.memory", inMebibytes(sums.requestedMemory)],
    ["requests.cpu", inMillicores(sums.requestedCpu)],
    ["limits.memory", inMebibytes(sums.limitedMemory)],
    ["limits.cpu", inMillicores(sums.limitedCpu)],
    ["persistentvolumeclaims", String(sums.claims)],
    ["requests.storage", inMebibytes(sums.storage)],
  ]);
}

function inMillicores(cores: number): string {
  return `${Math.ceil(Math.round(cores * 1e6) / 1e3)}m`;
}
