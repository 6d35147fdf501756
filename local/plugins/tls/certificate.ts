// The X.509 library finds its parts by it.
import "reflect-metadata";
import { randomBytes } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralNames,
  type JsonName,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  type PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { isProperties, type Plain, type PlainProperties, textOf } from "../frame/values";
import { type SigningKey, signingKey } from "./signing";
import { usages } from "./uses";

/** A made certificate. */
export interface Issued {
  readonly pem: string;
  /** The serial number, in decimal digits. */
  readonly serial: string;
  readonly start: Date;
  readonly end: Date;
  /** The kind of the key that signed it. */
  readonly signer: string;
}

type Key = SigningKey["publicKey"] | PublicKey;

const rdn: Readonly<Record<string, string>> = {
  commonName: "CN",
  country: "C",
  locality: "L",
  organization: "O",
  organizationalUnit: "OU",
  postalCode: "2.5.4.17",
  province: "ST",
  serialNumber: "2.5.4.5",
  streetAddresses: "2.5.4.9",
  emailAddress: "1.2.840.113549.1.9.1",
};

function texts(value: Plain | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
}

function subjectName(subject: Plain | undefined): JsonName {
  if (!isProperties(subject)) return [];
  return Object.entries(rdn).flatMap(([field, type]) =>
    texts(subject[field]).map((value) => ({ [type]: [value] })),
  );
}

function alternativeNames(inputs: PlainProperties): Extension[] {
  const names: JsonGeneralNames = [
    ...texts(inputs.dnsNames).map((value) => ({ type: "dns" as const, value })),
    ...texts(inputs.ipAddresses).map((value) => ({ type: "ip" as const, value })),
    ...texts(inputs.uris).map((value) => ({ type: "url" as const, value })),
  ];
  return names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)];
}

async function extensions(
  inputs: PlainProperties,
  subject: Key,
  authority: Key | undefined,
): Promise<Extension[]> {
  const made: Extension[] = [];
  const { key, extended } = usages(texts(inputs.allowedUses));
  if (key !== undefined) made.push(new KeyUsagesExtension(key, true));
  if (extended.length > 0) made.push(new ExtendedKeyUsageExtension(extended));
  const authorityMayIssue = inputs.isCaCertificate === true;
  const depth = Number(inputs.maxPathLength ?? -1);
  const pathLength = authorityMayIssue && depth >= 0 ? depth : undefined;
  made.push(new BasicConstraintsExtension(authorityMayIssue, pathLength, true));
  if (inputs.setSubjectKeyId === true || authorityMayIssue) {
    made.push(await SubjectKeyIdentifierExtension.create(subject));
  }
  if (authority !== undefined) made.push(await AuthorityKeyIdentifierExtension.create(authority));
  return made;
}

/** How long a certificate holds, from the start of this second. */
function validity(inputs: PlainProperties): { notBefore: Date; notAfter: Date } {
  const start = Math.floor(Date.now() / 1000) * 1000;
  return {
    notBefore: new Date(start),
    notAfter: new Date(start + Number(inputs.validityPeriodHours) * 3_600_000),
  };
}

/** A positive number of 128 bits, as the CA/Browser forum asks for. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

function issued(certificate: X509Certificate, signer: string): Issued {
  return {
    pem: `${certificate.toString("pem")}\n`,
    serial: BigInt(`0x${certificate.serialNumber}`).toString(),
    start: certificate.notBefore,
    end: certificate.notAfter,
    signer,
  };
}

/** A certificate that its own key signs. */
export async function selfSigned(inputs: PlainProperties): Promise<Issued> {
  const keys = await signingKey(textOf(inputs.privateKeyPem));
  const authority = inputs.setAuthorityKeyId === true ? keys.publicKey : undefined;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: subjectName(inputs.subject),
    keys,
    ...validity(inputs),
    extensions: [...(await extensions(inputs, keys.publicKey, authority)), ...alternativeNames(inputs)],
  });
  return issued(certificate, keys.algorithm);
}

/** A request for a certificate (PKCS #10), as PEM. */
export async function certificateRequest(
  inputs: PlainProperties,
): Promise<{ pem: string; algorithm: string }> {
  const keys = await signingKey(textOf(inputs.privateKeyPem));
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: subjectName(inputs.subject),
    keys,
    signingAlgorithm: { ...keys.privateKey.algorithm, hash: "SHA-256" },
    extensions: alternativeNames(inputs),
  });
  return { pem: `${request.toString("pem")}\n`, algorithm: keys.algorithm };
}

/** A certificate for a request, signed by an authority's key. */
export async function locallySigned(inputs: PlainProperties): Promise<Issued> {
  const authority = await signingKey(textOf(inputs.caPrivateKeyPem));
  const issuer = new X509Certificate(textOf(inputs.caCertPem));
  const request = new Pkcs10CertificateRequest(textOf(inputs.certRequestPem));
  const names = request.getExtension("2.5.29.17");
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: request.subjectName,
    issuer: issuer.subjectName,
    publicKey: request.publicKey,
    signingKey: authority.privateKey,
    ...validity(inputs),
    extensions: [
      ...(await extensions(inputs, request.publicKey, issuer.publicKey)),
      ...(names === null ? [] : [names]),
    ],
  });
  return issued(certificate, authority.algorithm);
}
