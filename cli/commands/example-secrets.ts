import { execa } from "execa";

import { filesIn, loadSettings } from "../../stacks/settings";
import { readPlainFile } from "../../stacks/settings/plain-files";
import type { ProjectPaths } from "../paths";
import { progress } from "../report";
import { openSession } from "../session";
import { SECRETS_KEY } from "../stack-files";

/**
 * Makes up the secrets of an environment, for trials on the local control plane. They are stored, encrypted, in the
 * environment's local file; the tracked one stays as it is.
 *
 * @throws Error when the stack goes to a real cluster, or makes its own secrets anyway.
 */
export async function exampleSecrets(
  paths: ProjectPaths,
  name: string,
  options: { local: boolean },
): Promise<number> {
  const { stack, local, environment } = await openSession(paths, name, options.local);
  if (!local) throw new Error(`${name} goes to a real cluster: made-up secrets are for LOCAL=1 only`);
  if (stack.kind === "test-instance")
    throw new Error(`${name} is a test instance, which makes its own secrets`);
  const files = filesIn(paths.root);
  const { settings: values } = readPlainFile(files, name);
  const settings = loadSettings(stack, { values, secretKeys: new Set() }, files, { local });
  // It brings a library for certificates with it, which no other command needs.
  const made = await import("../../local/example-secrets.js");
  const secrets = await made.exampleSecrets(settings);
  // By standard input: arguments can be read by every user of the machine.
  await execa("pulumi", ["config", "set", "--secret", "--stack", name, SECRETS_KEY], {
    cwd: paths.root,
    env: environment,
    input: JSON.stringify(secrets),
  });
  progress(`made up the secrets of ${name}: ${Object.keys(secrets).join(", ")}`);
  return 0;
}
