import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import * as z from "zod";

import { ask } from "./backend";
import type { Environment } from "./environment";

/** Who works on a stack, or has been killed while at it. */
export interface Lock {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** In milliseconds since 1970. */
  readonly since: number;
}

const lockFile = z.object({
  username: z.string(),
  hostname: z.string(),
  pid: z.number(),
  timestamp: z.string(),
});

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

/** The engine's lock files: `.pulumi/locks/organization/<project>/<stack>/<id>.json`. */
function locksInFolder(state: string, stack: string): readonly Lock[] | undefined {
  const stacks = join(state, ".pulumi", "stacks", "packit");
  if (!existsSync(join(stacks, `${stack}.json`)) && !existsSync(join(stacks, `${stack}.json.gz`)))
    return undefined;
  const folder = join(state, ".pulumi", "locks", "organization", "packit", stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const lock = lockFile.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
      return { user: lock.username, host: lock.hostname, pid: lock.pid, since: Date.parse(lock.timestamp) };
    });
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
