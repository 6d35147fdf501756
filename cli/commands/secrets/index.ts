import { Command, InvalidArgumentError, Option } from "commander";

import type { ProjectPaths } from "../../paths";
import { run } from "../../run";
import type { EncryptOptions } from "./encrypt";
import type { ImportOptions } from "./import";
import type { SetOptions } from "./set";
import type { StatusOptions } from "./status";
import type { WriteOptions } from "./write";

const local = new Option(
  "--local",
  "the secrets of a shared environment for the local control plane (LOCAL=1)",
).default(process.env.LOCAL === "1");
const dryRun = new Option("--dry-run", "check and say what would be done; store nothing").default(false);

const STACK = "for example prod, or dev-pr-614";
const PLACES =
  "for example tls.privkey or forgeTokens.gitlab.com; several at once are stored together or not at all";

/** `packit-stacks secrets`. Its actions are loaded when they are called, as other commands do not need them. */
export const secretsCommand = new Command("secrets")
  .description("set, check and hand over the secrets of stacks; nothing secret is ever printed")
  .addHelpText(
    "after",
    "\nValues come by standard input, from files or unseen from the terminal, and are kept encrypted in the stack's " +
      "settings file.",
  );

secretsCommand
  .command("status")
  .argument("<stack>", STACK)
  .description("say which secrets are set, missing or about to end")
  .addOption(local)
  .option("--json", "print the list as JSON", false)
  .option("--warn-days <days>", "days before its end from which on a certificate or token is told", days, 30)
  .addHelpText(
    "after",
    "\nExit code: 0 all is there; 1 something is missing or of no use, or the command failed; 2 something ends soon.",
  )
  .action(
    run(async (paths, stack: string, options: StatusOptions) => {
      const { status } = await import("./status.js");
      return status(paths, stack, options);
    }),
  );

secretsCommand
  .command("set")
  .argument("<stack>", STACK)
  .argument("<purpose.key...>", PLACES)
  .description("set secrets, from standard input, files or the terminal; all others stay")
  .option("--file <file...>", "file of each, in the same order; - is standard input")
  .option("--generate", "make up passwords and names of queues", false)
  .addOption(local)
  .addOption(dryRun)
  .action(
    run(async (paths, stack: string, places: string[], options: SetOptions) => {
      const { set } = await import("./set.js");
      return set(paths, stack, places, options);
    }),
  );

secretsCommand
  .command("unset")
  .argument("<stack>", STACK)
  .argument("<purpose.key...>")
  .description("take secrets away")
  .addOption(local)
  .addOption(dryRun)
  .action(
    run(async (paths, stack: string, places: string[], options: ImportOptions) => {
      const { unset } = await import("./set.js");
      return unset(paths, stack, places, options);
    }),
  );

secretsCommand
  .command("import")
  .argument("<stack>", STACK)
  .argument(
    "<folder>",
    "holds extra-vars.yml, private-key.pem, fullchain.pem, privkey.pem, copr …, or some of them",
  )
  .description("take over the secrets of a folder in the layout of the old deployment")
  .addOption(local)
  .addOption(dryRun)
  .action(
    run(async (paths, stack: string, folder: string, options: ImportOptions) => {
      const { importFolder } = await import("./import.js");
      return importFolder(paths, stack, folder, options);
    }),
  );

secretsCommand
  .command("example")
  .argument("<stack>", STACK)
  .description(
    "make up what is missing of an environment's secrets, for trials on the local control plane only",
  )
  .addOption(local)
  .action(run(example));

secretsCommand
  .command("encrypt")
  .description("make a value ready for a CI system that keeps secrets in public")
  .option("--zuul <file>", "public key of a project in Zuul: encrypt the value with it")
  .option("--testing-farm", "cut the value into parts that Testing Farm encrypts", false)
  .option("--name <name>", "name of the secret", name, "secret")
  .option("--field <field>", "name of the value within a secret of Zuul", name, "value")
  .option("--file <file>", "file with the value, instead of standard input")
  .option("--output <folder>", "folder for the parts, made for their owner only")
  .action(
    run(async (paths, options: EncryptOptions) => {
      const { encrypt } = await import("./encrypt.js");
      return encrypt(paths, options);
    }),
  );

secretsCommand
  .command("write")
  .argument("<stack>", "usually dev, which makes up what it lacks")
  .argument("<folder>", "for example ../packit-service/secrets/packit/dev; new, empty, or written before")
  .description(
    "write the files that packit-service's docker-compose mounts, into a folder for their owner only",
  )
  .option("--readable", "let the users of containers read the files; nobody else gets into the folder", false)
  .addOption(local)
  .action(
    run(async (paths, stack: string, folder: string, options: WriteOptions) => {
      const { write } = await import("./write.js");
      return write(paths, stack, folder, options);
    }),
  );

/** `secrets example`, which has a name of its own among the commands too. */
export async function example(
  paths: ProjectPaths,
  stack: string,
  options: { readonly local: boolean },
): Promise<number> {
  const { exampleSecrets } = await import("./example.js");
  return exampleSecrets(paths, stack, options);
}

function days(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("give a number of days, such as 30");
  return Number(text);
}

/** It becomes the name of files and of environment variables. */
function name(text: string): string {
  if (!/^[A-Za-z_]\w{0,63}$/.test(text)) {
    throw new InvalidArgumentError("use letters, digits and _, and begin with a letter");
  }
  return text;
}
