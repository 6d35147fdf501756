import { Command } from "commander";

import { PASSPHRASE } from "../../login";
import { run } from "../../run";
import { login } from "./login";
import { logout } from "./logout";

/** `packit-stacks login`. */
export const loginCommand = new Command("login")
  .argument("[backend]", "s3://…, azblob://…, gs://…, https://… or a folder; without: say what is remembered")
  .description("keep the state of shared stacks there, for every command of this checkout")
  .option(
    "--secrets-provider <provider>",
    `what encrypts secrets: ${PASSPHRASE}, or awskms://…, azurekeyvault://…, gcpkms://…, hashivault://…`,
    PASSPHRASE,
  )
  .option(
    "--passphrase-file <file>",
    "a file of mode 600 that holds the passphrase; only its path is remembered",
  )
  .option("--dry-run", "look whether the backend answers; remember nothing", false)
  .action(run(login));

/** `packit-stacks logout`. */
export const logoutCommand = new Command("logout")
  .description("forget the shared state: commands use .local/state again")
  .action(run(logout));
