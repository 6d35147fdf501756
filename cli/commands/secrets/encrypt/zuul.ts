import { constants, createPublicKey, type KeyObject, publicEncrypt } from "node:crypto";

import { Document } from "yaml";

/** Bytes that the padding takes from each chunk: two SHA-1 digests and two bytes (RFC 8017, section 7.1.1). */
const OVERHEAD = 2 * 20 + 2;

/** How Zuul marks an encrypted value. */
const TAG = "!encrypted/pkcs1-oaep";

/**
 * Encrypts a value for a project in Zuul, as chunks that its key can take (512 bytes less padding for 4096 bits).
 *
 * @param publicKeyPem - The project's key, which Zuul serves at `/api/tenant/TENANT/key/PROJECT.pub`.
 * @returns each chunk in base64.
 * @throws Error for a key that is no RSA public key, and for nothing to encrypt.
 */
export function zuulChunks(publicKeyPem: string, value: Buffer): readonly string[] {
  const key = rsaKey(publicKeyPem);
  if (value.length === 0) throw new Error("there is nothing to encrypt");
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 - OVERHEAD;
  const count = Math.ceil(value.length / size);
  return Array.from({ length: count }, (_, index) =>
    publicEncrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
      value.subarray(index * size, (index + 1) * size),
    ).toString("base64"),
  );
}

/** The definition of a secret for `zuul.d`, with one encrypted value. */
export function zuulSecret(name: string, field: string, chunks: readonly string[]): string {
  const document = new Document([{ secret: { name, data: { [field]: chunks } } }]);
  const list = document.getIn([0, "secret", "data", field], true) as { tag?: string };
  list.tag = TAG;
  return document.toString({ lineWidth: 0 });
}

function rsaKey(pem: string): KeyObject {
  // A private key would do as well, but has no business being handed around for this.
  if (pem.includes("PRIVATE KEY")) throw new Error("this is a private key: give the project's public one");
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === "rsa") return key;
  } catch {
    throw new Error("the public key cannot be read: give it in PEM, as Zuul serves it");
  }
  throw new Error("the public key is not one of RSA, which this encryption is made for");
}
