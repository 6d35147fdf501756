import { Command, Option } from "commander";

import { run } from "../../run";
import type { ImportOptions } from "./import";
import type { PinOptions } from "./pin";
import type { StatusOptions } from "./status";

const STACK = "for example prod, or dev-pr-614";
const IMAGES = "for example worker or postgres-15; packit-stacks images status lists them";

/** `packit-stacks images`. Its actions are loaded when they are called, as other commands do not need them. */
export const imagesCommand = new Command("images")
  .description("say what runs, import what is new, and hold or roll back what should not move")
  .addHelpText("after", "\ndocs/operations/images.md says how they go together.");

command("status", "say what runs, how old it is, what is newest, and what makes it move")
  .argument("[image...]", `${IMAGES}; all without`)
  .option("--no-registry", "do not ask the registries what is newest and how old images are")
  .action(
    run(async (paths, stack: string, images: string[], options: StatusOptions) => {
      const { status } = await import("./status.js");
      return status(paths, stack, images, options);
    }),
  );

changing(command("import", "import what the sources' tags mean now"))
  .argument("[image...]", `${IMAGES}; Packit's own without`)
  .option("--all", "without names: images of others too", false)
  .action(
    run(async (paths, stack: string, images: string[], options: ImportOptions) => {
      const { importImages } = await import("./import.js");
      return importImages(paths, stack, images, options);
    }),
  );

changing(command("pin", "hold images at what runs now, at a digest or at what a tag means now"))
  .argument("<image...>", `${IMAGES}; worker=sha256:… or worker=<tag> names another than what runs`)
  .option("--no-check", "do not ask the registry whether it has the digest")
  .action(
    run(async (paths, stack: string, images: string[], options: PinOptions) => {
      const { pin } = await import("./pin.js");
      return pin(paths, stack, images, options);
    }),
  );

changing(command("unpin", "let images move again as before they were pinned or rolled back"))
  .argument("[image...]", `${IMAGES}; all that are pinned without`)
  .action(
    run(async (paths, stack: string, images: string[], options: PinOptions) => {
      const { unpin } = await import("./unpin.js");
      return unpin(paths, stack, images, options);
    }),
  );

changing(command("rollback", "pin images to what ran before what runs now"))
  .argument("<image...>", IMAGES)
  .option("--no-check", "do not ask the registry whether it still has that image")
  .action(
    run(async (paths, stack: string, images: string[], options: PinOptions) => {
      const { rollback } = await import("./rollback.js");
      return rollback(paths, stack, images, options);
    }),
  );

function command(name: string, description: string): Command {
  return imagesCommand
    .command(name)
    .description(description)
    .argument("<stack>", STACK)
    .addOption(
      new Option("--local", "a shared environment on the local control plane (LOCAL=1)").default(
        process.env.LOCAL === "1",
      ),
    )
    .option("--json", "print the outcome as JSON", false);
}

/** What commands have in common that write settings. */
function changing(one: Command): Command {
  return one
    .option("--dry-run", "say what would be done; write and import nothing", false)
    .option("--up", "deploy the written settings at once", false)
    .addOption(new Option("--yes", "with --up: ask no question (YES=1)").default(process.env.YES === "1"));
}
