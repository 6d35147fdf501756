import { Command, Option } from "commander";

import { run } from "../../run";
import { doctor } from "./doctor";

/** `packit-stacks doctor`. */
export const doctorCommand = new Command("doctor")
  .argument("[stack]", "looks at its settings, secrets, lock and cluster too")
  .description(
    "check everything that a deployment needs, and say what to do; exit code 1 when something fails",
  )
  .addOption(
    new Option("--local", "look at a shared environment on the local control plane (LOCAL=1)").default(
      process.env.LOCAL === "1",
    ),
  )
  .option("--json", "print the findings as JSON", false)
  .action(run(doctor));
