import { millisecondsOf } from "../../../stacks/settings/duration";
import type { ProjectPaths } from "../../paths";
import { settingsFor } from "../settings";

/** After how long without use an instance may be put to sleep, in milliseconds; `Infinity`: never. */
export function idleOf(paths: ProjectPaths, name: string): number {
  const { testInstances } = settingsFor(paths, name) ?? {};
  return millisecondsOf(testInstances?.idle ?? "") ?? Number.POSITIVE_INFINITY;
}

/** The namespaces of an instance, by its name and settings. @throws Error when these cannot be read. */
export function namespacesFor(paths: ProjectPaths, name: string): readonly string[] {
  const settings = settingsFor(paths, name);
  if (settings === undefined)
    throw new Error(`the settings of ${name} are wrong: npx packit-stacks preview ${name}`);
  const { namespace, sandboxNamespace } = settings;
  return [namespace, ...(sandboxNamespace === undefined ? [] : [sandboxNamespace])];
}
