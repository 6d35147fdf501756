import { coerceTree } from "../coerce";
import type { StackConfig } from "../config";
import { refuse, SettingsError } from "../errors";
import { examineLayers } from "../examine";
import { lackingSecrets, madeUpSecrets } from "../example-secrets";
import { settingsFile } from "../fixes";
import type { Examined, LoadOptions } from "../load";
import type { CoprStackName } from "../names";
import { deepFreeze, type Path, without } from "../tree";
import { coprDefaultsFor } from "./defaults";
import { resolveCopr } from "./resolve";
import { COPR_RULES } from "./rules";
import { coprSchema } from "./schema";
import type { GivenCoprSecrets } from "./schema/secrets";
import { coprSecretsNeeded, examineCoprSecrets, missingCoprSecrets } from "./secrets";
import type { CoprSettings } from "./settings";

/** Everything that Copr's program needs to know before it makes the first resource. */
export interface CoprInput {
  readonly settings: CoprSettings;
  /** Secrets as given; in plain text, so each is to be wrapped before a resource gets it. */
  readonly secrets: GivenCoprSecrets;
}

/** What a stack on the local control plane has no use for. */
const ELSEWHERE: readonly Path[] = [["cluster"], ["aws", "account"]];

/**
 * A Copr's settings and secrets: the defaults of its environment, below its own file.
 *
 * @param config - The stack's own configuration (see `stackConfig`).
 * @throws SettingsError with everything that is wrong with either, missing secrets too, at once.
 */
export function loadCoprStack(
  stack: CoprStackName,
  config: StackConfig,
  options: LoadOptions = {},
): CoprInput {
  const { settings, findings } = examineCoprSettings(stack, config, options);
  const given = examineCoprSecrets(stack, config);
  // What a broken value would have been is not missing.
  const missing =
    settings === undefined || given.findings.length > 0 ? [] : missingCoprSecrets(settings, given.secrets);
  const lacking =
    settings?.durable === true && options.local === true ? lackingSecrets(settings, missing) : missing;
  const madeUp =
    settings === undefined ? [] : madeUpSecrets(settings, coprSecretsNeeded(settings), given.secrets);
  refuse(stack.name, [...findings, ...given.findings, ...lacking, ...madeUp]);
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  return { settings, secrets: given.secrets };
}

/** Settings as far as they can be had, and everything that is wrong with them. */
export function examineCoprSettings(
  stack: CoprStackName,
  config: StackConfig,
  { local = false }: LoadOptions = {},
): Examined<CoprSettings> {
  const layers = [
    { settings: { ...coprDefaultsFor(stack) } },
    { file: settingsFile(stack.name), settings: without(config.values, ["secrets"]) },
  ].map(({ settings, ...layer }) => ({
    ...layer,
    settings: local ? ELSEWHERE.reduce(without, coerceTree(coprSchema, settings)) : settings,
  }));
  const isSecret = ([first]: Path) => config.secretKeys.has(String(first));
  const { written, wrong, broken } = examineLayers(coprSchema, layers, COPR_RULES, {
    stack,
    local,
    isSecret,
  });
  const findings = wrong.map(({ finding }) => finding);
  if (written === undefined) return { findings };
  return {
    settings: deepFreeze(resolveCopr(stack, written, local)),
    findings: [...findings, ...broken],
  };
}
