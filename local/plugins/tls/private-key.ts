import { createHash, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { among, whole } from "../frame/fields";
import type { ValueKind } from "../frame/made-once";
import { type PlainProperties, textOf } from "../frame/values";
import { fingerprints, privatePem, publicLine } from "./openssh";

const generate = promisify(generateKeyPair);

const namedCurves: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function makePair({ algorithm, rsaBits, ecdsaCurve }: PlainProperties): Promise<Pair> {
  if (algorithm === "RSA") return generate("rsa", { modulusLength: Number(rsaBits) });
  if (algorithm === "ED25519") return generate("ed25519");
  return generate("ec", { namedCurve: namedCurves[textOf(ecdsaCurve)] ?? "" });
}

/** The private key in the format that its kind had before PKCS #8. */
function traditionalPem(key: KeyObject, algorithm: string): string {
  const type = algorithm === "RSA" ? "pkcs1" : algorithm === "ECDSA" ? "sec1" : "pkcs8";
  return key.export({ type, format: "pem" }).toString();
}

/** A private key and its public half, in the formats of the field. */
export const privateKeyKind: ValueKind = {
  fields: {
    algorithm: { type: "string", required: true, wrong: among(["RSA", "ECDSA", "ED25519"]) },
    ecdsaCurve: { type: "string", default: "P224", wrong: among(Object.keys(namedCurves)) },
    // Below 1024 bits OpenSSL refuses to sign, above 16384 a key takes minutes.
    rsaBits: { type: "number", default: 2048, wrong: whole(1024, 16_384) },
  },
  outputs: [
    "privateKeyOpenssh",
    "privateKeyPem",
    "privateKeyPemPkcs8",
    "publicKeyFingerprintMd5",
    "publicKeyFingerprintSha256",
    "publicKeyOpenssh",
    "publicKeyPem",
  ],
  secrets: ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"],
  make: async (inputs) => {
    const { publicKey, privateKey } = await makePair(inputs);
    const { md5, sha256 } = fingerprints(publicKey);
    const der = publicKey.export({ type: "spki", format: "der" });
    return {
      id: createHash("sha1").update(der).digest("hex"),
      outputs: {
        privateKeyOpenssh: privatePem(privateKey, publicKey),
        privateKeyPem: traditionalPem(privateKey, textOf(inputs.algorithm)),
        privateKeyPemPkcs8: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        publicKeyFingerprintMd5: md5,
        publicKeyFingerprintSha256: sha256,
        publicKeyOpenssh: publicLine(publicKey),
        publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
      },
    };
  },
};
