import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";

import { INPUT_LIMITS } from "../../../policy/gate/limits";
import { tooBig } from "../../../policy/gate/parse";

/**
 * Reads a preview from a file, or from standard input for `-`. Stops reading at more than it takes.
 *
 * @throws Unreadable when it is too big.
 * @throws Error when it cannot be read.
 */
export async function readInput(source: string): Promise<Buffer> {
  return collect(source === "-" ? process.stdin : createReadStream(source));
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    // Leaving the loop closes the stream.
    if (size > INPUT_LIMITS.bytes) throw tooBig();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
}
