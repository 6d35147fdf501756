import { randomBytes } from "node:crypto";

import { EXAMPLE_REALM } from "../stacks/settings/example-secrets";

/** Format and version of the file. */
const HEADER = Buffer.from([5, 2]);

/** `KRB5_NT_PRINCIPAL`: a person's name. */
const PRINCIPAL = 1;

/** aes256-cts-hmac-sha1-96, whose keys have 32 bytes. */
const ENCRYPTION = 18;
const KEY_BYTES = 32;

/**
 * A keytab with one entry, in base64: a made-up person of a realm that there is not, and a random key. The layout is
 * that of MIT Kerberos, "keytab file format".
 */
export function exampleKeytab(name: string): string {
  const entry = Buffer.concat([
    // The realm does not count as a component.
    number(1, 2),
    counted(Buffer.from(EXAMPLE_REALM)),
    counted(Buffer.from(name)),
    number(PRINCIPAL, 4),
    // Since when it is valid, in seconds since 1970, and the key's version.
    number(0, 4),
    number(1, 1),
    number(ENCRYPTION, 2),
    counted(randomBytes(KEY_BYTES)),
  ]);
  return Buffer.concat([HEADER, number(entry.length, 4), entry]).toString("base64");
}

function counted(bytes: Buffer): Buffer {
  return Buffer.concat([number(bytes.length, 2), bytes]);
}

function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}
