import { checkSettingsFiles, parseStackName, requirePackit } from "../../stacks/settings";
import { pulumiEnvironment, shellExports } from "../environment";
import type { ProjectPaths } from "../paths";
import { stackEnvironment } from "../session";

/** Prints the variables under which `pulumi` and `kubectl` work on this checkout, for a shell's `eval`. */
export function env(
  paths: ProjectPaths,
  name: string | undefined,
  options: { local: boolean },
): Promise<number> {
  console.log(shellExports(environmentFor(paths, name, options.local)));
  return Promise.resolve(0);
}

function environmentFor(
  paths: ProjectPaths,
  name: string | undefined,
  trial: boolean,
): Record<string, string> {
  if (name === undefined) return { ...pulumiEnvironment(paths, false), KUBECONFIG: paths.kubeconfig };
  const stack = requirePackit(parseStackName(name));
  const { local } = checkSettingsFiles(stack, paths.root, trial);
  return { ...stackEnvironment(paths, stack, local), ...(local && { KUBECONFIG: paths.kubeconfig }) };
}
