import { Command, Option } from "commander";

import { run } from "../../run";
import type { RevdepOptions } from "./revdep";

/** `packit-stacks revdep`. Its action is loaded when it is called, as other commands do not need it. */
export const revdepCommand = new Command("revdep")
  .argument("<stack>", "a test instance, for example fedora-ci-stg-pr-12")
  .description("run Packit's tests against the image of a test instance's workers, or another one")
  .option("--image <image>", "what is tested; without, the image that the instance's workers run")
  .option("--json", "print the result as JSON", false)
  .option("--dry-run", "have the API server check the Job, and start none", false)
  .addOption(
    new Option("--local", "an instance on the local control plane (LOCAL=1)").default(
      process.env.LOCAL === "1",
    ),
  )
  .addHelpText(
    "after",
    "\nThe tests' result is the exit code. After Ctrl-C they run on, and the next call waits for them." +
      "\npackit:revdep in docs/settings.md says which tests; docs/fedora-ci.md says more.",
  )
  .action(
    run(async (paths, stack: string, options: RevdepOptions) => {
      const { revdep } = await import("./revdep.js");
      return revdep(paths, stack, options);
    }),
  );
