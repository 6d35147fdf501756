import { missingSecrets, type Settings, type StackConfig, stackConfig } from "../../../stacks/settings";
import { examineSecrets } from "../../../stacks/settings/secrets";
import { ask } from "../../backend";
import type { Environment } from "../../environment";
import type { Stored } from "./checks/stack";

interface EngineValue {
  readonly value: string;
  readonly secret: boolean;
}

/**
 * A stack's configuration, decrypted; undefined when the stack is not in the backend.
 *
 * @throws Error in the engine's words when it cannot be decrypted.
 */
export async function readStored(
  environment: Environment,
  root: string,
  stack: string,
): Promise<StackConfig | undefined> {
  const { ok, stdout, problem } = await ask(environment, root, [
    ...["config", "--json", "--show-secrets", "--stack", stack],
  ]);
  if (!ok && problem.includes("no stack named")) return undefined;
  if (!ok) throw new Error(problem);
  const values = Object.entries(JSON.parse(stdout) as Record<string, EngineValue>);
  return stackConfig(
    Object.fromEntries(values.map(([key, { value }]) => [key, value])),
    values.filter(([, { secret }]) => secret).map(([key]) => key),
  );
}

/** The secrets of a configuration, and what is wrong with them. */
export function storedSecrets(settings: Settings, config: StackConfig): Stored {
  const { secrets, findings } = examineSecrets(settings.stack, config);
  return { secrets, wrong: findings.length > 0 ? findings : missingSecrets(settings, secrets) };
}
