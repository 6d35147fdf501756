import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { ask } from "./backend";
import type { Environment } from "./environment";
import { type Lock, lockFiles } from "./lock-files";

/** A resource that no stack has: the engine takes the lock, does not find it, and stops. */
const NOTHING = "urn:pulumi:none::packit::none:none:None::none";

/**
 * The locks of a stack of this project; undefined when the stack is not in the backend.
 *
 * @param root - Folder of the checkout.
 * @throws Error when the backend does not answer.
 */
export async function locksOf(
  environment: Environment,
  root: string,
  stack: string,
): Promise<readonly Lock[] | undefined> {
  const backend = environment.PULUMI_BACKEND_URL ?? process.env.PULUMI_BACKEND_URL ?? "";
  if (backend.startsWith("file:///")) {
    const url = new URL(backend);
    url.search = "";
    return locksInFolder(fileURLToPath(url), stack);
  }
  // Pulumi's own service keeps locks to itself, and lets them end.
  if (backend.startsWith("http")) return [];
  // The engine has no command that only looks. This one takes the lock for a moment and has nothing to do.
  const args = ["destroy", "--preview-only", "--stack", stack, "--target", NOTHING];
  const { problem } = await ask(environment, root, args);
  if (problem.includes("currently locked")) return parseLocks(problem);
  if (problem.includes("no stack named")) return undefined;
  if (problem.includes("no resource named")) return [];
  throw new Error(problem);
}

function locksInFolder(state: string, stack: string): readonly Lock[] | undefined {
  const stacks = join(state, ".pulumi", "stacks", "packit");
  const isThere = [".json", ".json.gz"].some((ending) => existsSync(join(stacks, stack + ending)));
  return isThere ? lockFiles(state, stack).map(({ lock }) => lock) : undefined;
}

/** Reads what the engine says of locks: `…: created by user@host (pid 7) at 2026-01-01T00:00:00Z`. */
export function parseLocks(text: string): readonly Lock[] {
  const found = text.matchAll(/created by (\S*)@(\S+) \(pid (\d+)\) at (\S+)/g);
  return [...found].map(([, user = "", host = "", pid = "", since = ""]) => ({
    user,
    host,
    pid: Number(pid),
    since: Date.parse(since),
  }));
}
