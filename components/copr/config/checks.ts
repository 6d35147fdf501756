/**
 * A whole number that is not too small.
 *
 * @param what - Name of the setting, for the message.
 * @throws Error for anything else.
 */
export function wholeNumber(what: string, value: number, least = 1): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`${what} cannot be ${value}: give a whole number from ${least} on`);
  }
  return value;
}

/**
 * A path that means the same whoever reads it, in whatever folder. ssh takes `~` from the passwd entry and not from
 * HOME, which an arbitrary user of a container does not have.
 *
 * @throws Error for a relative one, and for characters that readers take for something else.
 */
export function absolutePath(what: string, path: string): string {
  if (!/^\/[A-Za-z0-9_./-]*$/.test(path) || path.split("/").includes("..")) {
    throw new Error(
      `${what} cannot be ${JSON.stringify(path)}: give an absolute path of letters, digits and _ . -`,
    );
  }
  return path;
}

/**
 * A text without which an instance would run with a known or an empty password (S4, S5).
 *
 * @throws Error for an empty one; the value is never shown.
 */
export function secret(what: string, value: string): string {
  if (value.trim() === "") throw new Error(`${what} is empty: generate one`);
  return value;
}
