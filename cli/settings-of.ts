import { filesIn, loadSettings, parseStackName, requirePackit, type Settings } from "../stacks/settings";
import { readPlainFile } from "../stacks/settings/plain-files";
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
