/** First bytes of a keytab: the format, and its version 1 (in the machine's own order of bytes) or 2. */
const MAGIC = 5;
const VERSIONS = [1, 2] as const;

/** Whether bytes begin as a keytab does. */
export function looksLikeKeytab(bytes: Buffer): boolean {
  return bytes[0] === MAGIC && VERSIONS.some((version) => bytes[1] === version);
}

/**
 * What is wrong with a keytab; undefined when nothing is. An editor that takes it for text breaks it, as the web
 * console of the cluster once did: the lengths of its entries no longer add up.
 *
 * @param base64 - The keytab.
 */
export function keytabProblem(base64: string): string | undefined {
  const bytes = Buffer.from(base64, "base64");
  if (!looksLikeKeytab(bytes)) return "does not begin as a keytab does";
  const length = (at: number): number => (bytes[1] === 2 ? bytes.readInt32BE(at) : bytes.readInt32LE(at));
  let at = 2;
  while (at + 4 <= bytes.length) {
    // A negative length is a hole that a removed entry left.
    at += 4 + Math.abs(length(at));
  }
  return at === bytes.length ? undefined : "is a damaged keytab: its entries are cut off or changed";
}
