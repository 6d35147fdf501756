import { createHash } from "node:crypto";
import { among, type Fields, whole } from "../frame/fields";
import type { ValueKind } from "../frame/made-once";
import type { PlainProperties } from "../frame/values";
import type { Issued } from "./certificate";
import { privateKeyKind } from "./private-key";
import { useNames } from "./uses";

// The X.509 library costs 40 ms to load, and most runs make no certificate.
type Certificates = typeof import("./certificate");
// eslint-disable-next-line @typescript-eslint/no-require-imports -- a dynamic import is not bundled into one file
const certificates = (): Certificates => require("./certificate") as Certificates;

const writeOnly = (name: string) => () =>
  `is not in this stand-in, which keeps its inputs in state; use "${name}"`;

const names: Fields = {
  dnsNames: { type: "strings" },
  ipAddresses: { type: "strings" },
  uris: { type: "strings" },
  privateKeyPem: { type: "string", required: true },
  privateKeyPemWo: { type: "string", wrong: writeOnly("privateKeyPem") },
  privateKeyPemWoVersion: { type: "number", wrong: writeOnly("privateKeyPem") },
  subject: {
    type: "object",
    fields: {
      commonName: { type: "string" },
      country: { type: "string" },
      emailAddress: { type: "string" },
      locality: { type: "string" },
      organization: { type: "string" },
      organizationalUnit: { type: "string" },
      postalCode: { type: "string" },
      province: { type: "string" },
      serialNumber: { type: "string" },
      streetAddresses: { type: "strings" },
    },
  },
};

const terms: Fields = {
  allowedUses: { type: "strings", required: true, wrong: among(useNames) },
  earlyRenewalHours: { type: "number", default: 0, inPlace: true, wrong: whole(0) },
  isCaCertificate: { type: "boolean", default: false },
  maxPathLength: { type: "number", default: -1, wrong: whole(-1) },
  setSubjectKeyId: { type: "boolean", default: false },
  validityPeriodHours: { type: "number", required: true, wrong: whole(0) },
};

const issuedOutputs = ["certPem", "readyForRenewal", "validityEndTime", "validityStartTime"];

function outputsOf(issued: Issued): PlainProperties {
  const second = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    certPem: issued.pem,
    readyForRenewal: false,
    validityStartTime: second(issued.start),
    validityEndTime: second(issued.end),
  };
}

/** A certificate is made anew once its early renewal has begun. */
function outdated({ validityEndTime, earlyRenewalHours }: PlainProperties): string | undefined {
  if (typeof validityEndTime !== "string") return undefined;
  const renewal = Date.parse(validityEndTime) - Number(earlyRenewalHours) * 3_600_000;
  return Date.now() >= renewal ? "readyForRenewal" : undefined;
}

const selfSignedCert: ValueKind = {
  fields: { ...names, ...terms, setAuthorityKeyId: { type: "boolean", default: false } },
  outputs: [...issuedOutputs, "keyAlgorithm"],
  secrets: ["privateKeyPem"],
  outdated,
  make: async (inputs) => {
    const issued = await certificates().selfSigned(inputs);
    return { id: issued.serial, outputs: { ...outputsOf(issued), keyAlgorithm: issued.signer } };
  },
};

const locallySignedCert: ValueKind = {
  fields: {
    ...terms,
    caCertPem: { type: "string", required: true },
    caPrivateKeyPem: { type: "string", required: true },
    caPrivateKeyPemWo: { type: "string", wrong: writeOnly("caPrivateKeyPem") },
    caPrivateKeyPemWoVersion: { type: "number", wrong: writeOnly("caPrivateKeyPem") },
    certRequestPem: { type: "string", required: true },
  },
  outputs: [...issuedOutputs, "caKeyAlgorithm"],
  secrets: ["caPrivateKeyPem"],
  outdated,
  make: async (inputs) => {
    const issued = await certificates().locallySigned(inputs);
    return { id: issued.serial, outputs: { ...outputsOf(issued), caKeyAlgorithm: issued.signer } };
  },
};

const certRequest: ValueKind = {
  fields: names,
  outputs: ["certRequestPem", "keyAlgorithm"],
  secrets: ["privateKeyPem"],
  make: async (inputs) => {
    const { pem, algorithm } = await certificates().certificateRequest(inputs);
    const id = createHash("sha1").update(pem).digest("hex");
    return { id, outputs: { certRequestPem: pem, keyAlgorithm: algorithm } };
  },
};

/** What the stand-in for `@pulumi/tls` makes, by type token. */
export const kinds: Readonly<Record<string, ValueKind>> = {
  "tls:index/certRequest:CertRequest": certRequest,
  "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
  "tls:index/privateKey:PrivateKey": privateKeyKind,
  "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
};
