import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type StackConfig, stackConfig } from "../../../stacks/settings";
import { ask } from "../../backend";
import type { Environment } from "../../environment";

interface EngineValue {
  readonly value: string;
  readonly secret: boolean;
}

/**
 * A stack's configuration, decrypted; undefined when the stack is not in the backend.
 *
 * @param file - The stack's settings file.
 * @throws Error in the engine's words when it cannot be decrypted.
 */
export async function readStored(
  environment: Environment,
  root: string,
  stack: string,
  file: string,
): Promise<StackConfig | undefined> {
  const { ok, stdout, problem } = await ask(environment, root, [
    ...["config", "--json", "--show-secrets", "--stack", stack],
  ]);
  if (!ok && problem.includes("no stack named")) return undefined;
  if (!ok) throw new Error(problem);
  await tryKey(environment, root, stack, file);
  const values = Object.entries(JSON.parse(stdout) as Record<string, EngineValue>);
  return stackConfig(
    Object.fromEntries(values.map(([key, { value }]) => [key, value])),
    values.filter(([, { secret }]) => secret).map(([key]) => key),
  );
}

/** Encrypts something in a copy of the settings file: a file without secrets can be read with any passphrase. */
async function tryKey(environment: Environment, root: string, stack: string, file: string): Promise<void> {
  if (!existsSync(file) || !/^(?:encryptionsalt|encryptedkey):/m.test(readFileSync(file, "utf8"))) return;
  const folder = mkdtempSync(join(tmpdir(), "packit-stacks-key-"));
  try {
    const copy = join(folder, "settings.yaml");
    copyFileSync(file, copy);
    const set = ["config", "set", "--secret", "packit:probe", "probe", "--stack", stack];
    const { ok, problem } = await ask(environment, root, [...set, "--config-file", copy]);
    if (!ok) throw new Error(problem);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
