import {
  filesIn,
  parseStackName,
  type Settings,
  SettingsError,
  type TestInstanceName,
} from "../../stacks/settings";
import { examineSettings } from "../../stacks/settings/load";
import { readPlainFile } from "../../stacks/settings/plain-files";
import type { ProjectPaths } from "../paths";

/**
 * Settings of an instance as far as this checkout's files tell: those of its own may be with whoever deployed it.
 *
 * @throws SettingsError when the name is none of a test instance.
 */
export function settingsFor(paths: ProjectPaths, name: string): Settings | undefined {
  const files = filesIn(paths.root);
  const { settings: values } = readPlainFile(files, name);
  return examineSettings(testInstanceName(name), { values, secretKeys: new Set() }, files).settings;
}

/** @throws SettingsError when it is no test instance's name. */
export function testInstanceName(name: string): TestInstanceName {
  const stack = parseStackName(name);
  if (stack.kind === "test-instance") return stack;
  throw new SettingsError(name, [
    {
      key: "stack name",
      problem: "is an environment's, and this is for test instances",
      seen: name,
      fix: "packit-stacks list shows the instances that there are",
    },
  ]);
}
