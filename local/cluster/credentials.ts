import { generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { stringify } from "yaml";

import { writePrivately } from "./files";
import { loopback } from "./ports";

/** The API server makes certificates for a year; one that ends sooner than this, in milliseconds, is made anew. */
const renewBeforeMs = 30 * 24 * 3600 * 1000;

/** Name of cluster, user and context in the kubeconfig. */
export const contextName = "packit-local";

/** The files in the run folder that the processes are started with. */
export const credentialFiles = {
  tokens: "tokens.csv",
  serviceAccountKey: "service-account.key",
  certificates: "certificates",
} as const;

/** Makes the token and the service account key where they are missing, and drops a certificate that is about to end. */
export function ensureCredentials(run: string): void {
  const tokens = join(run, credentialFiles.tokens);
  if (!existsSync(tokens)) {
    const token = randomBytes(32).toString("hex");
    writePrivately(tokens, `${token},local-admin,local-admin,"system:masters"\n`);
  }
  const key = join(run, credentialFiles.serviceAccountKey);
  if (!existsSync(key)) {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    // The API server takes the public half out of the private one only in this format.
    writePrivately(key, privateKey.export({ type: "sec1", format: "pem" }).toString());
  }
  const certificate = servingCertificate(run);
  if (certificate !== undefined && endsSoon(certificate, Date.now())) {
    rmSync(join(run, credentialFiles.certificates), { recursive: true });
  }
}

/** The token of the administrator. */
export function readToken(run: string): string {
  const [token = ""] = readFileSync(join(run, credentialFiles.tokens), "utf8").split(",");
  return token;
}

/** The authority that signed the API server's certificate: the second one in the file that the server has written. */
export function readCertificateAuthority(run: string): string {
  const authority = splitPem(servingCertificate(run) ?? "")[1];
  if (authority === undefined) {
    throw new Error(`no certificate authority in ${join(run, credentialFiles.certificates)}`);
  }
  return authority;
}

/** A kubeconfig with token and authority, so that the server's certificate is verified. */
export function kubeconfigFor(port: number, token: string, certificateAuthority: string): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": contextName,
    clusters: [
      {
        name: contextName,
        cluster: {
          server: `https://${loopback}:${port}`,
          "certificate-authority-data": Buffer.from(certificateAuthority).toString("base64"),
        },
      },
    ],
    users: [{ name: contextName, user: { token } }],
    contexts: [{ name: contextName, context: { cluster: contextName, user: contextName } }],
  });
}

/** Whether the first certificate of a PEM file ends within the next 30 days. */
export function endsSoon(pem: string, now: number): boolean {
  return Date.parse(new X509Certificate(pem).validTo) - now < renewBeforeMs;
}

/** The certificates of a PEM file, one by one. */
export function splitPem(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
}

function servingCertificate(run: string): string | undefined {
  const path = join(run, credentialFiles.certificates, "apiserver.crt");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
