import { readFileSync, statSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

import type { SecretForm } from "../../../stacks/settings";
import { looksLikeKeytab } from "./checks/keytab";

/** Forms of secret that come as files; all others are one line, and can be typed. */
const FILES: ReadonlySet<SecretForm> = new Set([
  "certificate",
  "certificateAndKey",
  "keytab",
  "privateKey",
  "sshPrivateKey",
  "sshPublicKey",
]);

/**
 * Reads a secret from a file, from standard input, or unseen from the terminal. Never from an argument, which every
 * user of the machine could read.
 *
 * @param label - What to ask for on a terminal.
 * @throws Error for what is more than a line when it would have to be typed, for a folder, and for nothing at all.
 */
export async function readValue(label: string, form: SecretForm, file: string | undefined): Promise<string> {
  const value = await read(label, form, file);
  if (value !== "") return value;
  throw new Error(
    `${label}: ${file === undefined || file === "-" ? "nothing was given" : `${file} is empty`}`,
  );
}

async function read(label: string, form: SecretForm, file: string | undefined): Promise<string> {
  if (file !== undefined && file !== "-") {
    if (statSync(file).isDirectory()) throw new Error(`${label}: ${file} is a folder, name the file in it`);
    return textOf(form, readFileSync(file));
  }
  if (process.stdin.isTTY && file === undefined) {
    if (!FILES.has(form)) return textOf(form, Buffer.from(await askUnseen(`${label}: `)));
    throw new Error(`${label} is a file: name it with --file, or give it by standard input`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return textOf(form, Buffer.concat(chunks));
}

/** A secret as it is stored: binary ones in base64, text without its last newline. */
export function textOf(form: SecretForm, bytes: Buffer): string {
  if (form === "keytab" && looksLikeKeytab(bytes)) return bytes.toString("base64");
  const text = bytes.toString("utf8").replaceAll("\r\n", "\n");
  // A keytab in base64 may have been wrapped.
  if (form === "keytab") return text.replaceAll(/\s/g, "");
  // Where a file needs its last newline, the schema gives it back.
  return text.replace(/\n+$/, "");
}

async function askUnseen(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
