import { createPrivateKey, createPublicKey } from "node:crypto";

import { publicBlob } from "../../../../local/plugins/tls/openssh";
import { keyProblem } from "./certificate";

/** First bytes of a key in OpenSSH's own format. */
const MAGIC = "openssh-key-v1\0";

const OPENSSH = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/;

/** What is wrong with an SSH private key; undefined when nothing is. */
export function sshKeyProblem(pem: string): string | undefined {
  if (!OPENSSH.test(pem)) return keyProblem(pem);
  const read = openssh(pem);
  if (read === undefined) return "cannot be read as an SSH private key";
  return read.cipher === "none" ? undefined : "is protected by a passphrase, which nobody types into a pod";
}

/** Whether a private key and a line of public key are halves of one. */
export function areHalves(privatePem: string, publicLine: string): boolean {
  const own = publicPart(privatePem);
  const [, given = ""] = publicLine.trim().split(/\s+/);
  return own?.equals(Buffer.from(given, "base64")) === true;
}

/** The line of public key that belongs to a private one; undefined for what cannot be read. */
export function publicLineOf(privatePem: string): string | undefined {
  const blob = publicPart(privatePem);
  if (blob === undefined) return undefined;
  const type = blob.subarray(4, 4 + blob.readUInt32BE()).toString();
  return `${type} ${blob.toString("base64")}`;
}

function publicPart(pem: string): Buffer | undefined {
  if (OPENSSH.test(pem)) return openssh(pem)?.publicKey;
  try {
    return publicBlob(createPublicKey(createPrivateKey(pem)));
  } catch {
    return undefined;
  }
}

/** The public part of OpenSSH's format (its file `PROTOCOL.key`), which stands before the encrypted one. */
function openssh(pem: string): { readonly cipher: string; readonly publicKey: Buffer } | undefined {
  const bytes = Buffer.from(OPENSSH.exec(pem)?.[1] ?? "", "base64");
  if (!bytes.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) return undefined;
  let at = MAGIC.length;
  const field = (): Buffer => {
    const begin = at + 4;
    at = begin + bytes.readUInt32BE(at);
    if (at > bytes.length) throw new RangeError("a field is longer than the key");
    return bytes.subarray(begin, at);
  };
  try {
    const cipher = field().toString();
    // The key derivation's name and options, and the number of keys, which is always one.
    field();
    field();
    at += 4;
    return { cipher, publicKey: field() };
  } catch {
    return undefined;
  }
}
