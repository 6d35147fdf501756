import { Command, Option } from "commander";

import type { DriftOptions } from "./drift";

/** `packit-stacks drift`. */
export const driftCommand = new Command("drift")
  .argument("<stack>")
  .description(
    "list what was changed by hand since a stack was deployed, and by whom; exit code 1 when something was, 2 when it cannot be told",
  )
  .addOption(
    new Option("--local", "look at a shared environment on the local control plane (LOCAL=1)").default(
      process.env.LOCAL === "1",
    ),
  )
  .option("--json", "print the list as JSON", false)
  .action(async (stack: string, options: DriftOptions) => {
    const { drift } = await import("./drift.js");
    process.exitCode = await drift(stack, options);
  });
