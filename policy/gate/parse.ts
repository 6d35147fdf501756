import { INPUT_LIMITS } from "./limits";
import { previewOf, type Preview } from "./preview";
import { scan } from "./scan";
import { plain } from "./text";
import { Unreadable } from "./unreadable";

/**
 * Reads the output of `pulumi preview --json`.
 *
 * @throws Unreadable for everything else, in one line.
 */
export function parsePreview(bytes: Buffer): Preview {
  if (bytes.length > INPUT_LIMITS.bytes) throw tooBig();
  scan(bytes);
  const text = bytes.toString("utf8").trim();
  if (text === "") throw new Unreadable("it is empty: the preview printed nothing");
  return previewOf(parsed(text));
}

/** The error for more input than is taken. */
export function tooBig(): Unreadable {
  return new Unreadable(`it is larger than ${INPUT_LIMITS.bytes / 1024 / 1024} MiB`);
}

function parsed(text: string): unknown {
  try {
    // A byte order mark is none of JSON's.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!text.startsWith("{")) throw new Unreadable("it is no JSON: was the preview run with --json?");
    // The message repeats what stands there, which may be a secret.
    const where = /position \d+/.exec(error instanceof Error ? error.message : "")?.[0];
    throw new Unreadable(plain(`it is no valid JSON${where === undefined ? "" : ` (${where})`}`));
  }
}
