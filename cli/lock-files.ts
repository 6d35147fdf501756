import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

/** Who works on a stack, or has been killed while at it. */
export interface Lock {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** In milliseconds since 1970. */
  readonly since: number;
}

/** A lock in a state folder. */
export interface LockFile {
  readonly path: string;
  readonly lock: Lock;
}

const content = z
  .object({ username: z.string(), hostname: z.string(), pid: z.number(), timestamp: z.string() })
  .transform(({ username, hostname, pid, timestamp }): Lock => ({
    user: username,
    host: hostname,
    pid,
    since: Date.parse(timestamp),
  }));

/**
 * The engine's locks of a stack of this project: `.pulumi/locks/organization/<project>/<stack>/<id>.json`.
 *
 * @param state - Folder of the state.
 * @throws Error when a file is no lock.
 */
export function lockFiles(state: string, stack: string): readonly LockFile[] {
  const folder = join(state, ".pulumi", "locks", "organization", "packit", stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const path = join(folder, name);
      return { path, lock: content.parse(JSON.parse(readFileSync(path, "utf8"))) };
    });
}
