import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { identify, isRunning, type ProcessIdentity } from "./identity";

/** How long a taker of an abandoned lock may need, in milliseconds. It takes two file operations. */
const takeoverMs = 5_000;

/** Somebody else held the lock for longer than we were willing to wait. */
export class LockTimeout extends Error {
  override readonly name = "LockTimeout";

  constructor(
    readonly path: string,
    readonly holder: ProcessIdentity | undefined,
  ) {
    super(
      `another run is still at work (process ${holder?.pid ?? "unknown"}, lock ${path}): ` +
        "wait for it to end, or end it, and try again",
    );
  }
}

export interface LockOptions {
  /** How long to wait for the holder, in milliseconds. @default 60000 */
  readonly waitMs?: number;
  /** Called once when the lock is held by another process. */
  readonly onWait?: (holder: ProcessIdentity | undefined) => void;
}

/**
 * Runs `action` while holding the lock file at `path`; one process at a time does.
 * The lock of a process that has died is taken over.
 * @throws LockTimeout when another process keeps the lock for longer than `waitMs`
 */
export async function withLock<T>(
  path: string,
  action: () => Promise<T>,
  { waitMs = 60_000, onWait }: LockOptions = {},
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = Date.now() + waitMs;
  let told = false;
  while (!tryLock(path)) {
    if (!told) {
      told = true;
      onWait?.(readHolder(path));
    }
    if (Date.now() > deadline) {
      throw new LockTimeout(path, readHolder(path));
    }
    await sleep(50);
  }
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path: string): boolean {
  if (createLock(path)) {
    return true;
  }
  if (!isAbandoned(path)) {
    return false;
  }
  // Two processes may see the same abandoned lock. Only the one that gets this second file may remove it,
  // and it looks again: the first may have been quicker and hold a new lock by now.
  const takeover = `${path}.takeover`;
  if (!createLock(takeover)) {
    if (ageMs(takeover) > takeoverMs) {
      rmSync(takeover, { force: true });
    }
    return false;
  }
  try {
    if (isAbandoned(path)) {
      rmSync(path, { force: true });
    }
    return createLock(path);
  } finally {
    rmSync(takeover, { force: true });
  }
}

function createLock(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify(identify(process.pid)), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function isAbandoned(path: string): boolean {
  const holder = readHolder(path);
  // An empty or torn file is a lock whose holder has just created it, or died doing so.
  return holder === undefined ? ageMs(path) > takeoverMs : !isRunning(holder);
}

function readHolder(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
