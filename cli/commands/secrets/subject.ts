import {
  filesIn,
  type GivenSecrets,
  type PackitStackName,
  parseStackName,
  requirePackit,
  type Settings,
  SettingsError,
  type StackName,
} from "../../../stacks/settings";
import { examineSettings } from "../../../stacks/settings/load";
import { readPlainFile } from "../../../stacks/settings/plain-files";
import { type Path, settingKey } from "../../../stacks/settings/tree";
import type { ProjectPaths } from "../../paths";
import { localFile, trackedFile } from "../../stack-files";
import { packitRules, type SecretRules } from "./rules";

/** The stack whose secrets a command reads or changes. */
export interface Subject<G = unknown> {
  readonly paths: ProjectPaths;
  readonly stack: StackName;
  /** What its program says of secrets. */
  readonly rules: SecretRules<G>;
  /** Whether its secrets are for the control plane of this machine, under a key of this checkout. */
  readonly local: boolean;
  /** The settings file that holds them. */
  readonly file: string;
}

/** A stack of Packit. */
export interface PackitSubject extends Subject<GivenSecrets> {
  readonly stack: PackitStackName;
  readonly settings: Settings;
}

/**
 * Checks a stack's name and settings. No cluster is needed for that, named or running.
 *
 * @param trial - The secrets of a shared environment for the local control plane (`LOCAL=1`).
 * @throws SettingsError with everything that is wrong, at once.
 */
export async function secretsSubject(paths: ProjectPaths, name: string, trial: boolean): Promise<Subject> {
  const stack = parseStackName(name);
  if (stack.program === "packit") return packitSubject(paths, name, trial);
  const { coprSubject } = await import("./copr.js");
  return coprSubject(paths, stack, trial);
}

/** The same, for what only stacks of Packit have. */
export function packitSubject(paths: ProjectPaths, name: string, trial: boolean): PackitSubject {
  const stack = requirePackit(parseStackName(name));
  const files = filesIn(paths.root);
  const { settings: values, encrypted } = readPlainFile(files, name);
  const config = { values, secretKeys: new Set<string>() };
  const { settings, findings } = examineSettings(stack, config, files, { local: trial });
  // The program checks what is encrypted, and where it goes does not matter to secrets.
  const unknown = new Set([...encrypted.map(settingKey), "packit:cluster"]);
  const wrong = findings.filter(({ key }) => !unknown.has(key));
  if (wrong.length > 0 || settings === undefined) throw new SettingsError(name, wrong);
  return {
    ...placed(paths, stack, trial, settings, encrypted),
    settings,
    rules: packitRules(settings),
  };
}

/** Where a stack's secrets are. */
export function placed<S extends StackName>(
  paths: ProjectPaths,
  stack: S,
  trial: boolean,
  settings: { readonly cluster?: object },
  encrypted: readonly Path[],
): { readonly paths: ProjectPaths; readonly stack: S; readonly local: boolean; readonly file: string } {
  const namesCluster = settings.cluster !== undefined || encrypted.some(([first]) => first === "cluster");
  const local = trial || (isDeveloped(stack) && !namesCluster);
  const isCopied = local && stack.kind === "environment";
  const file = isCopied ? localFile(paths, stack.name) : trackedFile(paths, stack.name);
  return { paths, stack, local, file };
}

/** A command of this group as the user would type it for the same stack. */
export function commandFor({ stack, local }: Subject, verb: string, ...rest: readonly string[]): string {
  const trial = local && stack.kind === "environment" && !isDeveloped(stack);
  return ["npx packit-stacks secrets", verb, stack.name, ...rest, ...(trial ? ["--local"] : [])].join(" ");
}

/** Whether a stack goes to the local control plane by itself. */
function isDeveloped({ kind, base }: StackName): boolean {
  return kind === "test-instance" || base === "dev" || base === "copr-dev";
}
