import { constants } from "node:os";

import { execa } from "execa";

import { forgetRun, noteRun, RUN_VARIABLE } from "./interrupted";
import type { Session } from "./session";

/** Runs `pulumi` on the caller's terminal. An interrupt reaches it from there too, and it ends in order. */
export async function pulumi(session: Session, [command, ...options]: readonly string[]): Promise<number> {
  const { paths, stack, environment } = session;
  const mark = noteRun(paths, stack.name);
  const result = await ignoringInterrupts(() =>
    execa("pulumi", [command ?? "", "--stack", stack.name, ...options], {
      cwd: paths.root,
      env: { ...environment, [RUN_VARIABLE]: mark },
      stdio: "inherit",
      reject: false,
    }),
  );
  // A killed engine leaves its host and plugins behind: the note stays for the next run to find them.
  if (result.signal !== undefined) return 128 + constants.signals[result.signal];
  forgetRun(paths, stack.name);
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
