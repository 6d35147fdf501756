import { Command } from "commander";

import type { ProjectPaths } from "../../paths";
import { run } from "../../run";
import { anySettingsOf } from "../../settings-of";
import { destinationsOf } from "./destinations";

/** `packit-stacks egress`. */
export const egressCommand = new Command("egress")
  .argument("<stack>")
  .description("list the hosts and ports outside the cluster that a stack needs, for firewall requests")
  .option("--json", "print the list as JSON", false)
  .action(run(egress));

async function egress(paths: ProjectPaths, name: string, { json }: { json: boolean }): Promise<number> {
  const list = destinationsOf(await anySettingsOf(paths, name));
  if (json) console.log(JSON.stringify(list, undefined, 2));
  else {
    const width = Math.max(...list.map(({ host }) => host.length));
    for (const { host, port, from, why } of list) {
      console.log(`${from.padEnd(5)}  ${host.padEnd(width)}  ${String(port).padEnd(5)}  ${why}`);
    }
  }
  return 0;
}
