import assert from "node:assert/strict";

import { generatedSecrets } from "../../../../stacks/settings/copr/generated";
import { coprSecretsNeeded } from "../../../../stacks/settings/copr/secrets";
import { coprFindings, coprSettings, loadCopr, SHARED, wrongKeys } from "./loading";

const needed = (values: object) =>
  coprSecretsNeeded(coprSettings("copr-stg", { values: { ...SHARED, ...values } }))
    .filter(({ optional }) => !optional)
    .map(({ path }) => path.join("."));

describe("Copr's secrets", () => {
  it("are asked of nobody in development", () => {
    assert.deepEqual(wrongKeys("copr-dev"), []);
    const names = generatedSecrets(coprSettings("copr-dev")).map(({ name }) => name);
    assert.deepEqual(names, [
      "database-password",
      "frontend-secret-key",
      "backend-password",
      "builder-ssh",
      "builder-access-key",
      "hosts-certificate",
    ]);
  });

  it("S4, S5: those that services know one another by are always made, and cannot be given", () => {
    for (const name of ["copr-dev", "copr-stg"]) {
      const settings = coprSettings(name, { values: name === "copr-dev" ? {} : SHARED });
      const made = generatedSecrets(settings).map((secret) => secret.name);
      assert.ok(
        ["database-password", "frontend-secret-key", "backend-password"].every((one) =>
          made.includes(one as never),
        ),
      );
    }
    const keys = wrongKeys("copr-dev", { values: { secrets: { database: { password: "1234" } } } });
    assert.deepEqual(keys, ["secrets.database"]);
  });

  it("go only where they are needed", () => {
    const secrets = generatedSecrets(coprSettings("copr-dev"));
    const readers = (name: string) =>
      secrets.find((secret) => secret.name === name)?.readers ?? assert.fail(name);
    assert.deepEqual(readers("builder-ssh"), ["resalloc", "backend"]);
    assert.deepEqual(readers("builder-access-key"), ["resalloc"]);
    assert.ok(
      !readers("database-password").some((reader) => ["backend", "keygen", "resalloc"].includes(reader)),
    );
    assert.ok(secrets.every((secret) => !secret.readers.includes("keygen")));
  });

  it("S18: with web identity there is no access key", () => {
    const provider = "arn:aws:iam::123456789012:oidc-provider/oidc.example.org";
    const aws = { ...SHARED.aws, webIdentity: { provider, issuer: "oidc.example.org" } };
    const settings = coprSettings("copr-stg", { values: { ...SHARED, aws } });
    assert.ok(!generatedSecrets(settings).some(({ form }) => form === "accessKey"));
  });

  it("follow the settings", () => {
    assert.deepEqual(needed({}), ["oidc.clientSecret", "backup.accessKeyId", "backup.secretAccessKey"]);
    const certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    const tls = { fullchain: certificate, privkey: key };
    const secrets = { ...SHARED.secrets, tls };
    assert.deepEqual(needed({ certificates: { source: "given" }, secrets }).slice(0, 2), [
      "tls.fullchain",
      "tls.privkey",
    ]);
  });

  it("are listed when missing, each with the command that sets it", () => {
    const { account, clusterEgress } = SHARED.aws;
    const aws = { account, clusterEgress };
    const findings = coprFindings("copr-stg", { values: { ...SHARED, aws, secrets: {} } });
    assert.deepEqual(
      findings.map(({ key }) => key),
      [
        "packit:secrets.oidc.clientSecret",
        "packit:secrets.aws.accessKeyId",
        "packit:secrets.aws.secretAccessKey",
        "packit:secrets.backup.accessKeyId",
        "packit:secrets.backup.secretAccessKey",
      ],
    );
    assert.equal(
      findings[0]?.fix,
      "pulumi config set -s copr-stg --secret --path packit:secrets.oidc.clientSecret",
    );
  });

  it("are of no use by halves", () => {
    const secrets = { mail: { user: "copr" } };
    assert.deepEqual(wrongKeys("copr-dev", { values: { secrets } }), ["secrets.mail.password"]);
  });

  it("come out as given", () => {
    assert.deepEqual(loadCopr("copr-stg", { values: SHARED }).secrets, SHARED.secrets);
  });
});
