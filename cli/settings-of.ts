import { filesIn, loadSettings, parseStackName, requirePackit, type Settings } from "../stacks/settings";
import type { CoprSettings } from "../stacks/settings/copr/settings";
import { readPlainFile } from "../stacks/settings/plain-files";
import { overlay } from "../stacks/settings/tree";
import type { ProjectPaths } from "./paths";

/**
 * A stack's settings as its files give them, for reports that depend neither on secrets nor on the cluster.
 *
 * @throws SettingsError with everything that is wrong, at once.
 */
export function settingsOf(paths: ProjectPaths, name: string): Settings {
  const stack = requirePackit(parseStackName(name));
  const files = filesIn(paths.root);
  const { settings: values } = readPlainFile(files, name);
  // Where it goes makes no difference to what it needs.
  return loadSettings(stack, { values, secretKeys: new Set() }, files, { local: true });
}

/** Stands for the cluster of a stack that is named by whoever deploys it. */
export const SOME_CLUSTER = { cluster: { kubeconfig: "kubeconfig", context: "context" } };

/**
 * The same as on the stack's own cluster, with its storage classes, and namespaces that others have made.
 *
 * @throws SettingsError with everything that is wrong, at once.
 */
export function settingsOnCluster(paths: ProjectPaths, name: string): Settings {
  const stack = requirePackit(parseStackName(name));
  const files = filesIn(paths.root);
  const values = overlay(SOME_CLUSTER, readPlainFile(files, name).settings);
  return loadSettings(stack, { values, secretKeys: new Set() }, files);
}

/** A stack's settings, whichever program builds it. */
export type AnySettings = Settings | CoprSettings;

export function isCopr(settings: AnySettings): settings is CoprSettings {
  return settings.stack.program === "copr";
}

/**
 * The settings of any stack as its files give them, for reports that depend neither on secrets nor on the cluster.
 *
 * @throws SettingsError with everything that is wrong, at once.
 */
export async function anySettingsOf(paths: ProjectPaths, name: string): Promise<AnySettings> {
  const stack = parseStackName(name);
  if (stack.program === "packit") return settingsOf(paths, name);
  const { coprSettingsOf } = await import("./copr-settings.js");
  return coprSettingsOf(paths, stack);
}
