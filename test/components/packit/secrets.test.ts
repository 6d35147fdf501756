import assert from "node:assert/strict";

import { Secrets } from "../../../components/packit/secrets";
import { runMocked, type Stack } from "../../support/mocks";
import { site } from "./fixtures";

describe("Secrets", () => {
  let stack: Stack;
  before(async () => {
    stack = await runMocked(() => {
      const secrets = new Secrets(site, {});
      secrets.tls({ fullchain: "certificate", privkey: "key" });
      secrets.keytab("AAEC");
      secrets.ssh({ privateKey: "private", publicKey: "public", config: "config" });
      secrets.config("yaml");
      secrets.copr("ini");
      secrets.messaging("toml");
      secrets.messagingCertificate({ ca: "ca", key: "key", cert: "cert" });
      secrets.centpkgSig("ini");
      secrets.githubApp("key");
      secrets.sentry("dsn");
      secrets.database({ user: "user", password: "password", host: "host", name: "name" });
      secrets.aws({ accessKeyId: "id", secretAccessKey: "key" });
      secrets.brokerUrl({ host: "valkey", password: "password" });
      secrets.htpasswd("lines");
    });
  });

  it("D25: are one for each purpose", () => {
    const keys = Object.fromEntries(
      stack.objects("Secret").map(({ metadata, data }) => [metadata.name, Object.keys(data).sort()]),
    );
    assert.deepEqual(keys, {
      "packit-tls": ["fullchain.pem", "privkey.pem"],
      "packit-keytab": ["fedora.keytab"],
      "packit-ssh": ["config", "id_ed25519", "id_ed25519.pub"],
      "packit-config": ["packit-service.yaml"],
      "packit-copr": ["copr"],
      "fedora-messaging": ["fedora.toml"],
      "fedora-messaging-certificate": ["cacert.pem", "fedora-cert.pem", "fedora-key.pem"],
      "centpkg-sig": ["centpkg-sig.conf"],
      "github-app-private-key": ["private-key.pem"],
      sentry: ["dsn"],
      "postgres-secret": ["database-host", "database-name", "database-password", "database-user"],
      aws: ["access-key-id", "secret-access-key"],
      "flower-broker": ["url"],
      "flower-htpasswd": ["htpasswd"],
    });
  });

  it("keep a file that is no text byte for byte", () => {
    assert.equal(stack.object("Secret", "packit-keytab").data["fedora.keytab"], "AAEC");
  });
});
