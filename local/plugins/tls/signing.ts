import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from "node:crypto";

/** A private key that can sign certificates, with its public half. */
export interface SigningKey {
  /** As the outputs name it: `RSA`, `ECDSA` or `ED25519`. */
  readonly algorithm: string;
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: webcrypto.CryptoKey;
}

/** Web Crypto's names for OpenSSL's curves; it has no P-224. */
const webCurves: Readonly<Record<string, string>> = {
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

/** Web Crypto's names for what a key of OpenSSL's kind can do. */
function parameters(key: KeyObject): {
  algorithm: string;
  how: webcrypto.EcKeyImportParams | webcrypto.RsaHashedImportParams;
} {
  const hash = "SHA-256";
  switch (key.asymmetricKeyType) {
    case "rsa":
      return { algorithm: "RSA", how: { name: "RSASSA-PKCS1-v1_5", hash } };
    case "ed25519":
      return { algorithm: "ED25519", how: { name: "Ed25519", hash } };
    case "ec": {
      const namedCurve = webCurves[key.asymmetricKeyDetails?.namedCurve ?? ""];
      if (namedCurve !== undefined) return { algorithm: "ECDSA", how: { name: "ECDSA", namedCurve } };
    }
  }
  throw new Error("this key cannot sign a certificate; use RSA, ED25519, or ECDSA with P256, P384 or P521");
}

/** The key in `pem`, whatever its format (PKCS #1, SEC 1 or PKCS #8). */
export async function signingKey(pem: string): Promise<SigningKey> {
  const secret = readKey(pem);
  const open = createPublicKey(secret);
  const { algorithm, how } = parameters(open);
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey("pkcs8", secret.export({ type: "pkcs8", format: "der" }), how, true, ["sign"]),
    webcrypto.subtle.importKey("spki", open.export({ type: "spki", format: "der" }), how, true, ["verify"]),
  ]);
  return { algorithm, privateKey, publicKey };
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error("the private key is no PEM that OpenSSL can read, or it has a passphrase");
  }
}
