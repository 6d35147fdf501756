import type { StackConfig } from "./config";
import { defaultsFor } from "./defaults/environments";
import { type Finding, refuse, SettingsError } from "./errors";
import { examineLayers } from "./examine";
import { counterpartOf } from "./fedora-ci/counterpart";
import { divisionFindings } from "./fedora-ci/division";
import { shareOf } from "./fedora-ci/share";
import { shareInFile } from "./fedora-ci/share-in-file";
import type { SettingsFiles } from "./plain-files";
import { setSecretCommand, settingsFile } from "./fixes";
import { inherited, type Inherited } from "./merge";
import type { PackitStackName } from "./names";
import { resolve } from "./resolve";
import { RULES } from "./rules";
import { packitSchema, type WrittenSettings } from "./schema/packit";
import type { GivenSecrets } from "./schema/secrets";
import { lackingSecrets, madeUpSecrets } from "./example-secrets";
import { examineSecrets, missingSecrets, secretsNeeded } from "./secrets";
import type { Settings } from "./settings";
import { deepFreeze, type Path, settingKey, valueAt, without } from "./tree";

/** How a stack is run. */
export interface LoadOptions {
  /** Go to the local control plane, whatever the settings name (`LOCAL=1`). @default false */
  readonly local?: boolean;
}

/** Settings as far as they can be had, and everything that is wrong with them. */
export interface Examined<S = Settings> {
  /** Absent when too much is wrong to say what the rest would be. */
  readonly settings?: S;
  readonly findings: readonly Finding[];
}

/**
 * A stack's settings: the defaults of its kind, below what a test instance takes from its base, below its own.
 *
 * @param config - The stack's own configuration (see `stackConfig`).
 * @param files - Where the base of a test instance is read from (see `filesIn`).
 * @throws SettingsError with everything that is wrong, at once.
 */
export function loadSettings(
  stack: PackitStackName,
  config: StackConfig,
  files: SettingsFiles,
  options: LoadOptions = {},
): Settings {
  const { settings, findings } = examineSettings(stack, config, files, options);
  refuse(stack.name, findings);
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  return settings;
}

/** Everything that a program needs to know before it makes the first resource. */
export interface StackInput {
  readonly settings: Settings;
  /** Secrets as given; in plain text, so each is to be wrapped before a resource gets it. */
  readonly secrets: GivenSecrets;
}

/**
 * A stack's settings and secrets.
 * @throws SettingsError with everything that is wrong with either, missing secrets too, at once.
 */
export function loadStack(
  stack: PackitStackName,
  config: StackConfig,
  files: SettingsFiles,
  options: LoadOptions = {},
): StackInput {
  const { settings, findings } = examineSettings(stack, config, files, options);
  const given = examineSecrets(stack, config);
  // What a broken value would have been is not missing.
  const missing =
    settings === undefined || given.findings.length > 0 ? [] : missingSecrets(settings, given.secrets);
  const madeUp =
    settings === undefined ? [] : madeUpSecrets(settings, secretsNeeded(settings), given.secrets);
  const lacking =
    settings === undefined || settings.generatesSecrets ? missing : lackingSecrets(settings, missing);
  refuse(stack.name, [...findings, ...given.findings, ...lacking, ...madeUp]);
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  return { settings, secrets: given.secrets };
}

/** As {@link loadSettings}, but gives the findings back, to be told together with others. */
export function examineSettings(
  stack: PackitStackName,
  config: StackConfig,
  files: SettingsFiles,
  { local = false }: LoadOptions = {},
): Examined {
  const taken = inherited(stack, files);
  const layers = [
    { settings: { ...defaultsFor(stack) } },
    ...taken.layers,
    { file: settingsFile(stack.name), settings: without(config.values, ["secrets"]) },
  ].map(({ settings, ...layer }) => ({
    ...layer,
    settings: local ? without(settings, ["cluster"]) : settings,
  }));
  const isSecret = ([first]: Path) => config.secretKeys.has(String(first));
  const { written, wrong, broken } = examineLayers(packitSchema, layers, RULES, { stack, local, isSecret });
  const findings = wrong.map(({ path, finding }) => whenEncrypted(stack, taken, path) ?? finding);
  if (written === undefined) return { findings };
  return {
    settings: deepFreeze(resolve(stack, written, local)),
    findings: [...findings, ...broken, ...divisionWithOthers(stack, config, written, files)],
  };
}

/** Where this stack and the one that it divides Fedora CI's projects with do not agree. */
function divisionWithOthers(
  stack: PackitStackName,
  config: StackConfig,
  written: WrittenSettings,
  files: SettingsFiles,
): readonly Finding[] {
  const counterpart = stack.kind === "environment" ? counterpartOf(stack.name) : undefined;
  const other = counterpart === undefined ? undefined : shareInFile(counterpart, files);
  if (other === undefined) return [];
  // Staging serves what is listed. Of production, who says nothing of the others leaves that to who does.
  const everyProject =
    stack.deployment === "prod" && valueAt(config.values, ["service", "fedoraCiRunByDefault"]) !== undefined;
  return divisionFindings(shareOf(stack.name, written), other, everyProject);
}

/** What is encrypted in the base's file cannot be taken from it: say so, rather than that it is missing. */
function whenEncrypted(
  stack: PackitStackName,
  { layers, encrypted }: Inherited,
  path: Path,
): Finding | undefined {
  const key = settingKey(path);
  if (!encrypted.some((secret) => settingKey(secret) === key)) return undefined;
  return {
    key,
    problem: `is encrypted in ${layers.at(-1)?.file ?? "its base's file"}, from which a test instance takes no secrets`,
    fix: setSecretCommand(stack, path),
  };
}
