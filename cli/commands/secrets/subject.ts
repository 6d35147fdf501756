import {
  filesIn,
  type PackitStackName,
  parseStackName,
  requirePackit,
  type Settings,
  SettingsError,
} from "../../../stacks/settings";
import { examineSettings } from "../../../stacks/settings/load";
import { readPlainFile } from "../../../stacks/settings/plain-files";
import { settingKey } from "../../../stacks/settings/tree";
import type { ProjectPaths } from "../../paths";
import { localFile, trackedFile } from "../../stack-files";

/** The stack whose secrets a command reads or changes. */
export interface Subject {
  readonly paths: ProjectPaths;
  readonly stack: PackitStackName;
  readonly settings: Settings;
  /** Whether its secrets are for the control plane of this machine, under a key of this checkout. */
  readonly local: boolean;
  /** The settings file that holds them. */
  readonly file: string;
}

/**
 * Checks a stack's name and settings. No cluster is needed for that, named or running.
 *
 * @param trial - The secrets of a shared environment for the local control plane (`LOCAL=1`).
 * @throws SettingsError with everything that is wrong, at once.
 */
export function secretsSubject(paths: ProjectPaths, name: string, trial: boolean): Subject {
  const stack = requirePackit(parseStackName(name));
  const files = filesIn(paths.root);
  const { settings: values, encrypted } = readPlainFile(files, name);
  const config = { values, secretKeys: new Set<string>() };
  const { settings, findings } = examineSettings(stack, config, files, { local: trial });
  // The program checks what is encrypted, and where it goes does not matter to secrets.
  const unknown = new Set([...encrypted.map(settingKey), "packit:cluster"]);
  const wrong = findings.filter(({ key }) => !unknown.has(key));
  if (wrong.length > 0 || settings === undefined) throw new SettingsError(name, wrong);
  const namesCluster = settings.cluster !== undefined || encrypted.some(([first]) => first === "cluster");
  const mayBeLocal = stack.kind === "test-instance" || stack.base === "dev";
  const local = trial || (mayBeLocal && !namesCluster);
  const isCopied = local && stack.kind === "environment";
  return {
    paths,
    stack,
    settings,
    local,
    file: isCopied ? localFile(paths, name) : trackedFile(paths, name),
  };
}

/** A command of this group as the user would type it for the same stack. */
export function commandFor({ stack, local }: Subject, verb: string, ...rest: readonly string[]): string {
  const trial = local && stack.kind === "environment" && stack.base !== "dev";
  return ["npx packit-stacks secrets", verb, stack.name, ...rest, ...(trial ? ["--local"] : [])].join(" ");
}
