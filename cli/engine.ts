import { constants } from "node:os";

import { execa } from "execa";

import type { Environment } from "./environment";
import { forgetRun, noteRun, RUN_VARIABLE } from "./interrupted";
import type { ProjectPaths } from "./paths";

/** Runs `pulumi` on the caller's terminal. An interrupt reaches it from the terminal; it then ends in order. */
export async function pulumi(
  paths: ProjectPaths,
  stack: string,
  environment: Environment,
  args: readonly string[],
): Promise<number> {
  const mark = noteRun(paths, stack);
  const result = await ignoringInterrupts(() =>
    execa("pulumi", [...args], {
      cwd: paths.root,
      env: { ...environment, [RUN_VARIABLE]: mark },
      stdio: "inherit",
      reject: false,
    }),
  );
  // A killed engine leaves its host and plugins behind: the note stays for the next run to find them.
  if (result.signal === undefined) forgetRun(paths, stack);
  else return 128 + constants.signals[result.signal];
  return result.exitCode ?? 1;
}

async function ignoringInterrupts<T>(work: () => Promise<T>): Promise<T> {
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  try {
    return await work();
  } finally {
    process.off("SIGINT", ignore);
  }
}
