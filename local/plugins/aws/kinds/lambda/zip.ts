import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";

import { Files, isProperties } from "../../../frame/values";

/** Day and time of everything in an archive, so that the same files make the same bytes: the first that zip has. */
const DATE = 0x0021;
/** Deflated, which every reader has. */
const METHOD = 8;
const VERSION = 20;

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * An archive of the engine's as a zip file.
 *
 * @throws Error when it is somewhere in the network.
 */
export function zipOf(archive: Files): Buffer {
  const path = archive.content.path;
  if (typeof path === "string" && path.endsWith(".zip")) return readFileSync(path);
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entriesOf(archive, "").sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const deflated = deflateRawSync(bytes);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(VERSION, 0);
    about.writeUInt16LE(METHOD, 4);
    about.writeUInt16LE(DATE, 8);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(deflated.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    const body = Buffer.concat([signature(0x04034b50), about, Buffer.from(name), deflated]);
    // Readable by all: AWS runs it as another user.
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(0o100644 * 2 ** 16, 6);
    rest.writeUInt32LE(offset, 10);
    // Made on Unix, hence the permissions.
    const madeBy = Buffer.from([VERSION, 3]);
    directory.push(Buffer.concat([signature(0x02014b50), madeBy, about, rest, Buffer.from(name)]));
    bodies.push(body);
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, signature(0x06054b50), end]);
}

function signature(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

function entriesOf({ kind, content }: Files, name: string): Entry[] {
  const { text, path, uri, assets } = content;
  if (typeof uri === "string") throw new Error(`${uri} is not read: hand over files of this machine`);
  if (kind === "asset") {
    if (typeof text === "string") return [{ name, bytes: Buffer.from(text) }];
    return typeof path === "string" ? [{ name, bytes: readFileSync(path) }] : [];
  }
  const within = name === "" ? "" : `${name}/`;
  if (typeof path === "string") return filesBelow(path, name);
  return Object.entries(isProperties(assets) ? assets : {}).flatMap(([entry, files]) =>
    files instanceof Files ? entriesOf(files, within + entry) : [],
  );
}

function filesBelow(path: string, name: string): Entry[] {
  if (!statSync(path).isDirectory()) return [{ name, bytes: readFileSync(path) }];
  return readdirSync(path).flatMap((entry) =>
    filesBelow(join(path, entry), name === "" ? entry : `${name}/${entry}`),
  );
}
