import { Command, Help, Option } from "commander";

import { version } from "../package.json";
import { botCommand } from "./commands/bot";
import { databaseCommand } from "./commands/database";
import { destroy } from "./commands/destroy";
import { doctorCommand } from "./commands/doctor";
import { driftCommand } from "./commands/drift";
import { egressCommand } from "./commands/egress";
import { env } from "./commands/env";
import { gateCommand } from "./commands/gate";
import { approvingOptions } from "./commands/gate/approving";
import { imagesCommand } from "./commands/images";
import { instanceCommands } from "./commands/instances";
import { by, wait } from "./commands/instances/options";
import { loginCommand, logoutCommand } from "./commands/login";
import { onEventCommand } from "./commands/on-event";
import { preview } from "./commands/preview";
import { quotaCommand } from "./commands/quota";
import { renderCommand } from "./commands/render";
import { revdepCommand } from "./commands/revdep";
import { example, secretsCommand } from "./commands/secrets";
import { up } from "./commands/up";
import { run } from "./run";

const local = new Option(
  "--local",
  "run a shared environment (stg, prod) on the local control plane (LOCAL=1)",
).default(process.env.LOCAL === "1");
const yes = new Option("--yes", "ask no question (YES=1)").default(process.env.YES === "1");

/** Every command, as `packit-stacks --help` lists them. */
export const program = new Command("packit-stacks")
  .description(
    "Deploys Packit's stacks: gets the cluster, the backend and the stack ready, then runs pulumi.",
  )
  .version(version, "-V, --version", "print the version; doctor tells the engine's")
  .showHelpAfterError("(add --help to see what it takes)")
  .configureHelp({ optionDescription });

const upCommand = program
  .command("up")
  .argument("<stack>", "for example dev-pr-614, or an environment such as dev or stg")
  .description("deploy a stack and say where it is")
  .addOption(local)
  .addOption(yes)
  .addOption(
    new Option("--skip-preview", "do not show first what will change (SKIP_PREVIEW=1)").default(
      process.env.SKIP_PREVIEW === "1",
    ),
  )
  .action(run(up));
approvingOptions().forEach((option) => upCommand.addOption(option));

program
  .command("preview")
  .argument("<stack>")
  .description("show what a deployment would change")
  .addOption(local)
  .addOption(
    new Option("--diff", "show every field of every change (DIFF=1)").default(process.env.DIFF === "1"),
  )
  .addOption(
    new Option("--json", "print the steps as JSON, unjudged (JSON=1)").default(process.env.JSON === "1"),
  )
  .action(run(preview));

program
  .command("destroy")
  .argument("<stack>")
  .description("delete everything of a stack")
  .addOption(local)
  .addOption(
    new Option("--dry-run", "say what would be deleted, and delete nothing (DRY_RUN=1)").default(
      process.env.DRY_RUN === "1",
    ),
  )
  .addOption(yes)
  .addOption(wait)
  .addOption(by)
  .action(run(destroy));

program
  .command("example-secrets")
  .argument("<stack>")
  .description("make up the secrets of an environment, for trials on the local control plane only")
  .addOption(local)
  .action(run(example));

program.addCommand(secretsCommand);

program
  .command("env")
  .argument("[stack]", "adds what is needed to run this environment on the local control plane")
  .description('print the variables under which pulumi works here: eval "$(make -s env)"')
  .addOption(local)
  .action(run(env));

program.addCommand(loginCommand);
program.addCommand(logoutCommand);
program.addCommand(doctorCommand);
program.addCommand(egressCommand);
program.addCommand(quotaCommand);
program.addCommand(renderCommand);
program.addCommand(imagesCommand);
program.addCommand(gateCommand);
program.addCommand(driftCommand);
program.addCommand(databaseCommand);
program.addCommand(onEventCommand);
program.addCommand(botCommand);
program.addCommand(revdepCommand);
instanceCommands.forEach((command) => program.addCommand(command));

program.commands.forEach(likeProgram);

/** Groups are made by themselves, and commander hands the program's manners only to what it makes itself. */
function likeProgram(command: Command): void {
  if (command.parent !== null) command.copyInheritedSettings(command.parent);
  command.commands.forEach(likeProgram);
}

/** Leaves out that a switch is off by default, which says nothing. */
function optionDescription(option: Option): string {
  const { defaultValue } = option as { readonly defaultValue: unknown };
  return typeof defaultValue === "boolean" ? option.description : new Help().optionDescription(option);
}
