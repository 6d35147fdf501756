import type { StackConfig } from "../../../stacks/settings";
import { examineCoprSettings } from "../../../stacks/settings/copr/load";
import { examineCoprSecrets, missingCoprSecrets } from "../../../stacks/settings/copr/secrets";
import type { CoprSettings } from "../../../stacks/settings/copr/settings";
import { refuse, SettingsError } from "../../../stacks/settings/errors";
import type { CoprStackName } from "../../../stacks/settings/names";
import type { Stored } from "./checks/stack";

/** A Copr's settings; its secrets are another check's. @throws SettingsError with everything that is wrong, at once. */
export function loadCopr(stack: CoprStackName, config: StackConfig, trial: boolean): CoprSettings {
  const { settings, findings } = examineCoprSettings(stack, config, { local: trial });
  refuse(stack.name, findings);
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  return settings;
}

/** The secrets of a configuration, and what is wrong with them. */
export function coprSecrets(settings: CoprSettings, config: StackConfig): Stored {
  const { secrets, findings } = examineCoprSecrets(settings.stack, config);
  return { secrets, wrong: findings.length > 0 ? findings : missingCoprSecrets(settings, secrets) };
}
