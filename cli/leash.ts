import { spawn } from "node:child_process";

/** How long an engine may take to end in order once nobody follows it, in seconds. */
const GRACE_S = 15;

// It waits for a line, which comes when the engine has ended. The pipe's end without one: its owner was killed.
const GUARD = 'read -r ended || { kill -s INT -- "-$1"; sleep "$2"; kill -s KILL -- "-$1"; }';

/**
 * Has a process group end when this process is killed, however: it would work on by itself, and nobody would know
 * when it has ended.
 *
 * @param group - Pid of the group's first process.
 * @returns takes the leash off, when the group has ended.
 */
export function leash(group: number, graceS = GRACE_S): () => void {
  const guard = spawn("sh", ["-c", GUARD, "leash", String(group), String(graceS)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Where there is no shell it has none, and works like any other.
  guard.on("error", () => undefined);
  guard.stdin.on("error", () => undefined);
  guard.unref();
  return () => guard.stdin.end("ended\n");
}
