import { execa } from "execa";

import { ensureStack, stackEnvironment } from "../../session";
import type { Subject } from "./subject";

/** Runs `pulumi` on a stack, without its cluster. @returns what it prints. */
export type Engine = (args: readonly string[], input?: string) => Promise<string>;

/**
 * Makes the stack in its backend when it is not there, as its key belongs to it.
 *
 * @throws Error with the engine's own words; arguments and messages hold no secret.
 */
export async function engineFor({ paths, stack, local }: Subject): Promise<Engine> {
  const environment = stackEnvironment(paths, stack, local);
  await ensureStack(paths, stack, environment, local);
  return async (args, input = "") => {
    const result = await execa("pulumi", [...args, "--stack", stack.name, "--non-interactive"], {
      cwd: paths.root,
      env: environment,
      // By standard input: arguments can be read by every user of the machine.
      input,
      reject: false,
    });
    if (result.exitCode !== 0) throw new Error(result.stderr.trim().replace(/^error: /, ""));
    return result.stdout;
  };
}
