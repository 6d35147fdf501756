import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

const KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z]+ )?PRIVATE KEY-----/;

/** The certificates of a PEM text, the first one that of the holder. @throws Error when one cannot be read. */
export function chainOf(pem: string): readonly X509Certificate[] {
  return (pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block));
}

/** What is wrong with a certificate and its chain; undefined when nothing is. */
export function certificateProblem(pem: string): string | undefined {
  let chain: readonly X509Certificate[];
  try {
    chain = chainOf(pem);
  } catch {
    return "cannot be read as a certificate";
  }
  if (chain.length === 0) return "holds no certificate";
  const gap = chain.findIndex((certificate, index) => {
    const issuer = chain[index + 1];
    return issuer !== undefined && !isIssuedBy(certificate, issuer);
  });
  return gap < 0 ? undefined : `is no chain: certificate ${gap + 2} did not issue certificate ${gap + 1}`;
}

/** By name and by signature. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** When a certificate or the first of its chain to end ends; undefined for what cannot be read. */
export function endOf(pem: string): Date | undefined {
  try {
    const ends = chainOf(pem).map(({ validTo }) => Date.parse(validTo));
    return ends.length === 0 ? undefined : new Date(Math.min(...ends));
  } catch {
    return undefined;
  }
}

/** What is wrong with a private key; undefined when nothing is. */
export function keyProblem(pem: string): string | undefined {
  return isEncrypted(pem)
    ? "is protected by a passphrase, which nobody types into a pod"
    : privateKey(pem) === undefined
      ? "cannot be read as a private key"
      : undefined;
}

/** What is wrong with a certificate and its key in one text; undefined when nothing is. */
export function certificateAndKeyProblem(pem: string): string | undefined {
  const problem = certificateProblem(pem) ?? keyProblem(KEY.exec(pem)?.[0] ?? "");
  return problem ?? (belongsTo(pem, pem) ? undefined : "holds a key that is not the certificate's");
}

/** Whether a key is the one that a certificate is for. */
export function belongsTo(keyPem: string, certificatePem: string): boolean {
  const key = privateKey(keyPem);
  const [own] = chainOf(certificatePem);
  return key !== undefined && own?.checkPrivateKey(key) === true;
}

function privateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(KEY.exec(pem)?.[0] ?? pem);
  } catch {
    return undefined;
  }
}

function isEncrypted(pem: string): boolean {
  return pem.includes("BEGIN ENCRYPTED PRIVATE KEY") || /^Proc-Type: 4,ENCRYPTED/m.test(pem);
}
