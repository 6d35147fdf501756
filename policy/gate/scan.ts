import { INPUT_LIMITS } from "./limits";
import { Unreadable } from "./unreadable";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const SEPARATORS = new Set([0x2c, 0x3a]);

/**
 * Looks through JSON without building anything of it, so that a hostile document is found out before it costs memory.
 *
 * @throws Unreadable when it nests too deeply, has too many values, or ends in the middle.
 */
export function scan(bytes: Buffer): void {
  let depth = 0;
  let tokens = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (SEPARATORS.has(byte)) tokens += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    else if (OPENING.has(byte)) {
      depth += 1;
      tokens += 1;
    } else continue;
    if (depth > INPUT_LIMITS.depth) throw new Unreadable(`it nests deeper than ${INPUT_LIMITS.depth} levels`);
    if (tokens > INPUT_LIMITS.tokens) throw new Unreadable(`it has more than ${INPUT_LIMITS.tokens} values`);
  }
  if (depth > 0) throw new Unreadable("the JSON ends in the middle: the preview was cut off");
}

/** Where a text's closing quote is. */
function endOfText(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (bytes[at] === BACKSLASH) at += 1;
    else if (bytes[at] === QUOTE) return at;
  }
  throw new Unreadable("the JSON ends in the middle of a text: the preview was cut off");
}
