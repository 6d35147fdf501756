import { type ProjectPaths, projectPaths } from "./paths";
import { failure } from "./report";

/** A command's action: its failures become one plain message, its result the exit code. */
export function run<A extends unknown[]>(
  command: (paths: ProjectPaths, ...args: A) => Promise<number>,
): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = await command(projectPaths(), ...args);
    } catch (error) {
      failure(error);
      process.exitCode = 1;
    }
  };
}
