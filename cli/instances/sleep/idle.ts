import { millisecondsOf } from "../../../stacks/settings/duration";
import type { ProjectPaths } from "../../paths";
import { settingsFor } from "../settings";

/** After how long without use an instance may be put to sleep, in milliseconds; `Infinity`: never. */
export function idleOf(paths: ProjectPaths, name: string): number {
  const { testInstances } = settingsFor(paths, name) ?? {};
  return millisecondsOf(testInstances?.idle ?? "") ?? Number.POSITIVE_INFINITY;
}
