import { parseStackName } from "../../stacks/settings";
import { pulumiEnvironment, shellExports } from "../environment";
import { checkFiles } from "../file-check";
import type { ProjectPaths } from "../paths";
import { stackEnvironment } from "../session";

/** Prints the variables under which `pulumi` and `kubectl` work on this checkout, for a shell's `eval`. */
export async function env(
  paths: ProjectPaths,
  name: string | undefined,
  options: { local: boolean },
): Promise<number> {
  console.log(shellExports(await environmentFor(paths, name, options.local)));
  return 0;
}

async function environmentFor(
  paths: ProjectPaths,
  name: string | undefined,
  trial: boolean,
): Promise<Record<string, string>> {
  if (name === undefined) return { ...pulumiEnvironment(paths, false), KUBECONFIG: paths.kubeconfig };
  const stack = parseStackName(name);
  const { local } = await checkFiles(stack, paths.root, trial);
  return { ...stackEnvironment(paths, stack, local), ...(local && { KUBECONFIG: paths.kubeconfig }) };
}
