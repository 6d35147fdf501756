import { Command } from "commander";

import { run } from "../../run";
import type { OnEventOptions } from "./on-event";
import { answeringOptions } from "./options";

/** `packit-stacks on-event`. Its action is loaded when it is called. */
export const onEventCommand = new Command("on-event")
  .description("do what a comment, a label or the end of a pull request asks of its test instance")
  .option("--event <file>", "what GitHub told, as JSON (in GitHub Actions: $GITHUB_EVENT_PATH)")
  .option("--name <event>", "what it is called, such as issue_comment; $GITHUB_EVENT_NAME without")
  .option("--pull <pull>", "without an event: the last command on packit/ogr#12, as GitHub has it")
  .option(
    "--refresh <repository>",
    "bring the comments in packit/ogr up to date with what became of instances",
  )
  .option("--json", "print the outcome as JSON", false)
  .addHelpText("after", "\ndocs/test-instances.md says how GitHub Actions, Zuul and the bot use it.")
  .action(
    run(async (paths, options: OnEventOptions) => {
      const { onEvent } = await import("./on-event.js");
      return onEvent(paths, options);
    }),
  );

answeringOptions().forEach((option) => onEventCommand.addOption(option));
