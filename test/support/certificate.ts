import "reflect-metadata";

import { webcrypto } from "node:crypto";

import { SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";

const DAY_MS = 86_400_000;

/** A certificate that vouches for itself, in PEM. */
export interface SelfSigned {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate and key for one host name, valid today. */
export async function selfSigned(host: string): Promise<SelfSigned> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${host}`,
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: host }])],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    certificate: certificate.toString("pem"),
    key: `-----BEGIN PRIVATE KEY-----\n${key.replaceAll(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`,
  };
}
