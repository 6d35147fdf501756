/** Longest value that Testing Farm encrypts, in characters. */
export const PART_LENGTH = 448;

/**
 * Cuts a value into parts that Testing Farm takes. Joined they are the value again; no character is cut in two.
 *
 * @param limit - Most bytes of a part in UTF-8, and so most characters too.
 * @throws Error for nothing to cut.
 */
export function partsOf(value: string, limit: number = PART_LENGTH): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let size = 0;
  for (const character of value) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > limit) {
      parts.push(part);
      part = "";
      size = 0;
    }
    part += character;
    size += bytes;
  }
  if (part === "") throw new Error("there is nothing to encrypt");
  return [...parts, part];
}
