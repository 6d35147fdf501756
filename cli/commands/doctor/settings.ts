import { loadSettings, missingSecrets, type StackConfig, type StackName } from "../../../stacks/settings";
import type { SettingsFiles } from "../../../stacks/settings/plain-files";
import { examineSecrets } from "../../../stacks/settings/secrets";
import { type AnySettings, isCopr } from "../../settings-of";
import type { Stored, StackSettings } from "./checks/stack";

/**
 * A stack's settings, whichever program builds it.
 *
 * @param trial - A shared environment on the local control plane (`LOCAL=1`).
 * @throws SettingsError with everything that is wrong, at once.
 */
export async function loadAny(
  stack: StackName,
  config: StackConfig,
  files: SettingsFiles,
  trial: boolean,
): Promise<AnySettings> {
  if (stack.program === "packit") return loadSettings(stack, config, files, { local: trial });
  const { loadCopr } = await import("./copr.js");
  return loadCopr(stack, config, trial);
}

/** A Copr makes all secrets that others need not issue, and has resalloc's pages with resalloc alone. */
export function described(settings: AnySettings): StackSettings {
  if (!isCopr(settings)) return settings;
  const { resalloc: pages, ...hosts } = settings.hosts;
  const { namespace, stack } = settings;
  return {
    stack,
    namespace,
    hosts: { ...hosts, ...(settings.resalloc?.webUi.enabled === true && { pages }) },
    generatesSecrets: stack.deployment === "dev",
  };
}

/** The secrets of a configuration, and what is wrong with them. */
export async function storedSecrets(settings: AnySettings, config: StackConfig): Promise<Stored> {
  if (isCopr(settings)) {
    const { coprSecrets } = await import("./copr.js");
    return coprSecrets(settings, config);
  }
  const { secrets, findings } = examineSecrets(settings.stack, config);
  return { secrets, wrong: findings.length > 0 ? findings : missingSecrets(settings, secrets) };
}
