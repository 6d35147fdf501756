import { readFileSync, statSync } from "node:fs";

/**
 * The one line of a file that only its owner can read.
 *
 * @param what - What it holds, for messages.
 * @throws Error when others can read it, or it is empty.
 */
export function readPrivateFile(path: string, what: string): string {
  const { mode } = statSync(path);
  // A Secret that is mounted into a pod belongs to root and may be read by the pod's group.
  if ((mode & 0o027) !== 0) {
    throw new Error(
      `${path}: others than its owner can read or change it, and it holds ${what}: chmod 600 ${path}`,
    );
  }
  const text = readFileSync(path, "utf8").trim();
  if (text === "") throw new Error(`${path} is empty, and should hold ${what}`);
  return text;
}
