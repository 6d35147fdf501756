/** Longest piece of foreign text that is shown. */
const LONGEST = 160;

/**
 * Text out of a preview as it can be shown on a terminal: one line, not too long, and without characters that would
 * move the cursor, change colours, or turn the direction of writing.
 */
export function plain(text: string, longest = LONGEST): string {
  const line = text
    .slice(0, longest * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
