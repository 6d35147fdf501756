import { fstatSync } from "node:fs";

/** How often a plugin looks whether its engine is still its parent, in milliseconds. */
const interval = 1000;

/**
 * Ends this process when the engine that started it ends, however it ends: the engine holds our standard input
 * open, so a closed one says at once that it is gone, and a new parent process says it where there is no pipe.
 */
export function endWithEngine(exit: () => void): void {
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) {
    process.stdin.on("end", exit).on("error", exit).resume();
    process.stdin.unref();
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) exit();
  }, interval).unref();
}
