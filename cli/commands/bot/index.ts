import { Command } from "commander";

import { run } from "../../run";
import { answeringOptions } from "../on-event/options";
import type { BotCommandOptions } from "./bot";

/** `packit-stacks bot`. Its action is loaded when it is called. */
export const botCommand = new Command("bot")
  .description("listen to GitHub's webhooks and do what pull requests ask of their test instances")
  .option("--host <address>", "where to listen; 0.0.0.0 in a container behind a route", "127.0.0.1")
  .option("--port <number>", "0: any that is free", "8080")
  .option("--secret-file <file>", "file of mode 600 with the webhook's secret; PACKIT_WEBHOOK_SECRET without")
  .addHelpText("after", "\ndocs/test-instances.md says how to set the webhook up.")
  .action(
    run(async (paths, options: BotCommandOptions) => {
      const { bot } = await import("./bot.js");
      return bot(paths, options);
    }),
  );

answeringOptions().forEach((option) => botCommand.addOption(option));
