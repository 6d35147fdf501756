import { Command, Option } from "commander";

import { run } from "../../run";
import type { DatabaseOptions, RestoreOptions } from "./actions";

/** `packit-stacks database`. Its actions are loaded when they are called, as other commands do not need them. */
export const databaseCommand = new Command("database")
  .description("back the database up, list what is there, and restore it")
  .addHelpText("after", "\nEach runs as a Job beside the database. docs/operations/database.md says more.");

command("backup", "store a generation now, besides those of the schedule").action(
  run(async (paths, stack: string, options: DatabaseOptions) => {
    const { backup } = await import("./actions.js");
    return backup(paths, stack, options);
  }),
);

command("backups", "list the generations that there are, oldest first")
  .option("--json", "print them as JSON", false)
  .action(
    run(async (paths, stack: string, options: DatabaseOptions & { readonly json: boolean }) => {
      const { backups } = await import("./actions.js");
      return backups(paths, stack, options);
    }),
  );

command("restore", "put a generation into the database, all of it or nothing")
  .option("--generation <generation>", "which one, as backups lists them", "latest")
  .option("--replace", "lose what the database holds", false)
  .addOption(new Option("--yes", "say that --replace is meant (YES=1)").default(process.env.YES === "1"))
  .action(
    run(async (paths, stack: string, options: RestoreOptions) => {
      const { restore } = await import("./actions.js");
      return restore(paths, stack, options);
    }),
  );

function command(name: string, description: string): Command {
  return databaseCommand
    .command(name)
    .description(description)
    .argument("<stack>", "for example prod")
    .addOption(
      new Option("--local", "a shared environment on the local control plane (LOCAL=1)").default(
        process.env.LOCAL === "1",
      ),
    )
    .option("--dry-run", "have the API server check the Job, and start none", false);
}
