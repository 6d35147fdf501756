import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlainProperties } from "../../../../local/plugins/frame/values";
import { program } from "../../../support/programs";
import { make } from "./make";

const keys: Record<string, PlainProperties> = {
  RSA: { algorithm: "RSA" },
  "ECDSA P224": { algorithm: "ECDSA" },
  "ECDSA P256": { algorithm: "ECDSA", ecdsaCurve: "P256" },
  "ECDSA P384": { algorithm: "ECDSA", ecdsaCurve: "P384" },
  "ECDSA P521": { algorithm: "ECDSA", ecdsaCurve: "P521" },
  ED25519: { algorithm: "ED25519" },
};

describe("keys and certificates, as other programs read them", () => {
  const openssl = program("openssl");
  const sshKeygen = program("ssh-keygen");
  const folder = mkdtempSync(join(tmpdir(), "packit-tls-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, text: string | undefined): string => {
    const path = join(folder, name);
    writeFileSync(path, text ?? "", { mode: 0o600 });
    return path;
  };
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  for (const [name, inputs] of Object.entries(keys)) {
    it(`of ${name} are what openssl and ssh-keygen take them for`, async () => {
      const key = await make("PrivateKey", inputs);
      for (const pem of [key.privateKeyPem, key.privateKeyPemPkcs8]) {
        assert.equal(run(openssl, "pkey", "-in", file("key.pem", pem), "-pubout"), key.publicKeyPem);
      }
      const header = { RSA: "RSA PRIVATE KEY", ECDSA: "EC PRIVATE KEY", ED25519: "PRIVATE KEY" };
      assert.ok(key.privateKeyPem?.startsWith(`-----BEGIN ${header[inputs.algorithm as "RSA"]}-----`));
      if (name === "ECDSA P224") {
        // OpenSSH knows no such curve.
        assert.deepEqual(
          [key.privateKeyOpenssh, key.publicKeyOpenssh, key.publicKeyFingerprintMd5],
          ["", "", ""],
        );
        return;
      }
      const open = file("key.pub", key.publicKeyOpenssh);
      const [type, blob] = run(sshKeygen, "-y", "-f", file("key", key.privateKeyOpenssh)).trim().split(" ");
      assert.equal(`${type ?? ""} ${blob ?? ""}\n`, key.publicKeyOpenssh);
      assert.equal(run(sshKeygen, "-lf", open).split(" ")[1], key.publicKeyFingerprintSha256);
      assert.equal(
        run(sshKeygen, "-E", "md5", "-lf", open).split(" ")[1],
        `MD5:${key.publicKeyFingerprintMd5 ?? ""}`,
      );
    });

    if (name === "ECDSA P224") continue;
    it(`of ${name} certify each other`, async () => {
      const { privateKeyPem = "" } = await make("PrivateKey", inputs);
      const ca = await make("SelfSignedCert", {
        privateKeyPem,
        allowedUses: ["cert_signing", "crlSigning"],
        isCaCertificate: true,
        maxPathLength: 0,
        setAuthorityKeyId: true,
        validityPeriodHours: 24,
        subject: { commonName: "Test authority", organization: "A, B", country: "CZ" },
      });
      const request = await make("CertRequest", {
        privateKeyPem,
        dnsNames: ["pr-614.dev.packit.dev", "*.packit.dev"],
        ipAddresses: ["127.0.0.1", "::1"],
        uris: ["https://packit.dev/"],
        subject: { commonName: "leaf" },
      });
      const leaf = await make("LocallySignedCert", {
        caCertPem: ca.certPem ?? "",
        caPrivateKeyPem: privateKeyPem,
        certRequestPem: request.certRequestPem ?? "",
        allowedUses: ["digital_signature", "server_auth"],
        validityPeriodHours: 1,
      });
      const chain = ["-CAfile", file("ca.pem", ca.certPem), file("leaf.pem", leaf.certPem)];
      assert.match(
        run(openssl, "verify", "-x509_strict", "-purpose", "sslserver", ...chain),
        /leaf\.pem: OK/,
      );
      run(openssl, "req", "-in", file("request.pem", request.certRequestPem), "-verify", "-noout");
      assert.equal(ca.keyAlgorithm, inputs.algorithm);

      const certificate = new X509Certificate(leaf.certPem ?? "");
      assert.equal(certificate.subject, "CN=leaf");
      assert.equal(certificate.checkHost("pr-614.dev.packit.dev"), "pr-614.dev.packit.dev");
      assert.match(certificate.subjectAltName ?? "", /IP Address:127\.0\.0\.1.*URI:https:\/\/packit\.dev\//);
      const lasts = Date.parse(leaf.validityEndTime ?? "") - Date.parse(leaf.validityStartTime ?? "");
      assert.equal(lasts, 3_600_000);
      assert.equal(Date.parse(certificate.validTo), Date.parse(leaf.validityEndTime ?? ""));
    });
  }
});
