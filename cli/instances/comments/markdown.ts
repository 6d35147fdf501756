/** Longest reason that is shown, and longest piece of a log, in characters; GitHub takes 65536 in all. */
export const MAX_BLOCK = 30_000;

/** Text within a line: what Markdown, HTML, mentions and references to issues are made of loses its meaning. */
export function escaped(text: string): string {
  const line = withoutControls(text).replaceAll(/\s+/g, " ").trim();
  return line.replaceAll(/[^\p{L}\p{N} ,;%()]/gu, (character) => `&#${character.codePointAt(0) ?? 32};`);
}

/** Text within a line as code. A code span shows everything as it stands but ends with a backtick. */
export function code(text: string): string {
  return `\`${withoutControls(text).replaceAll(/\s+/g, " ").replaceAll("`", "'").replaceAll("|", "¦")}\``;
}

/** Lines as they stand, the last of them where they are too many. */
export function block(text: string): string {
  const lines = withoutControls(text).trimEnd().slice(-MAX_BLOCK);
  const longest = Math.max(2, ...Array.from(lines.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

/** An address that can be followed; anything but https is shown as code. */
export function link(address: string): string {
  const isPlain = /^https:\/\/[A-Za-z0-9.-]+(?::[0-9]+)?(?:\/[A-Za-z0-9._~/?=&%-]*)?$/.test(address);
  return isPlain ? `<${address}>` : code(address);
}

/** Without what terminals and browsers obey: control characters but line ends, and marks that turn text around. */
function withoutControls(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => (c === "\n" || c === "\t" ? c : ""));
}
