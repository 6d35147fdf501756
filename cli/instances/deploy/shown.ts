/**
 * Somebody's words, shortened, and without what a terminal obeys or does not show. Letters that only look like those
 * that are wanted are told by their numbers.
 */
export function shown(word: string): string {
  const plain = word.replaceAll(/\p{C}/gu, "?");
  const short = plain.length > 80 ? `${Array.from(plain).slice(0, 79).join("")}…` : plain;
  const strange = [...new Set(Array.from(word).filter((letter) => letter > "~"))].slice(0, 5);
  if (strange.length === 0) return short;
  const numbers = strange.map(
    (letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
  return `${short} (with ${numbers.join(", ")})`;
}
