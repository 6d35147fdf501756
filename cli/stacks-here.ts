import { parseStackName } from "../stacks/settings";
import { locksOf } from "./locks";
import type { ProjectPaths } from "./paths";
import { stackEnvironment } from "./session";

/**
 * Whether the state that commands work with here has a stack.
 *
 * @param local - Whether it runs on the control plane of this machine.
 * @throws Error when the backend does not answer.
 */
export async function hasStack(paths: ProjectPaths, name: string, local: boolean): Promise<boolean> {
  const environment = stackEnvironment(paths, parseStackName(name), local);
  return (await locksOf(environment, paths.root, name)) !== undefined;
}
