import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { checkFields } from "../../../../local/plugins/frame/fields";
import { kinds } from "../../../../local/plugins/tls/kinds";
import { fingerprints, publicLine } from "../../../../local/plugins/tls/openssh";
import { make, token } from "./make";

describe("keys and certificates", () => {
  it("cannot be made with a curve that certificates are not signed with", async () => {
    const { privateKeyPem = "" } = await make("PrivateKey", { algorithm: "ECDSA" });
    const inputs = { privateKeyPem, allowedUses: [], validityPeriodHours: 1 };
    await assert.rejects(
      make("SelfSignedCert", inputs),
      /use RSA, ED25519, or ECDSA with P256, P384 or P521/,
    );
    await assert.rejects(
      make("SelfSignedCert", { ...inputs, privateKeyPem: "x" }),
      /is no PEM that OpenSSL can read/,
    );
  });

  it("are made anew once their early renewal has begun", () => {
    const outdated = kinds[token("SelfSignedCert")]?.outdated;
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    assert.equal(outdated?.({ validityEndTime: inAnHour, earlyRenewalHours: 0 }), undefined);
    assert.equal(outdated?.({ validityEndTime: inAnHour, earlyRenewalHours: 2 }), "readyForRenewal");
  });

  it("refuse inputs that would have to be forgotten", () => {
    const fields = kinds[token("SelfSignedCert")]?.fields ?? {};
    const inputs = { privateKeyPem: "x", privateKeyPemWo: "y", allowedUses: [], validityPeriodHours: 1 };
    assert.match(checkFields(inputs, fields)[0]?.reason ?? "", /use "privateKeyPem"/);
  });

  it("show a key as OpenSSH does also where a number begins with a one bit", () => {
    // Made by ssh-keygen.
    const line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINz6+RpV2vL5g2d6mXqJ0ysAhtCkC9cCpaBhB3wx2m8T\n";
    const x = Buffer.from(line.split(" ")[1] ?? "", "base64")
      .subarray(-32)
      .toString("base64url");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    assert.equal(publicLine(key), line);
    assert.match(fingerprints(key).md5, /^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  });
});
