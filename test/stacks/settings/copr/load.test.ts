import assert from "node:assert/strict";

import { requirePackit, SettingsError } from "../../../../stacks/settings";
import { coprFindings, coprSettings, coprStack, loadCopr, SHARED, wrongKeys } from "./loading";

describe("Copr's settings", () => {
  it("C18: need no file in development", () => {
    const { settings, secrets } = loadCopr("copr-dev");
    assert.deepEqual(secrets, {});
    assert.equal(settings.namespace, "copr-dev");
    assert.equal(settings.durable, false);
    assert.deepEqual(settings.hosts, {
      frontend: "copr-dev.packit.dev",
      results: "results.copr-dev.packit.dev",
      distGit: "dist-git.copr-dev.packit.dev",
      resalloc: "resalloc.copr-dev.packit.dev",
    });
  });

  it("say all at once what staging lacks", () => {
    assert.deepEqual(wrongKeys("copr-stg"), [
      "cluster",
      "login.oidc",
      "aws.account",
      "backup.recipient",
      "secrets.backup.accessKeyId",
      "secrets.backup.secretAccessKey",
    ]);
  });

  it("are enough for staging with what only people know", () => {
    const { settings } = loadCopr("copr-stg", { values: SHARED });
    assert.equal(settings.durable, true);
    assert.equal(settings.tag, "packit/copr-stg");
    assert.equal(settings.certificates.issuer, "letsencrypt-staging");
  });

  it("C20: production runs no image without a digest", () => {
    const unpinned = coprFindings("copr-prod", { values: SHARED });
    assert.deepEqual(
      unpinned.map(({ key }) => key),
      [
        "packit:images.frontend.source",
        "packit:images.backend.source",
        "packit:images.results.source",
        "packit:images.distGit.source",
        "packit:images.keygen.source",
        "packit:images.resalloc.source",
        "packit:database.image.source",
        "packit:keyValue.image.source",
      ],
    );
    const pin = `sha256:${"a".repeat(64)}`;
    const names = ["frontend", "backend", "results", "distGit", "keygen", "resalloc"];
    const images = Object.fromEntries(names.map((name) => [name, { pin }]));
    const values = { ...SHARED, images, database: { image: { pin } }, keyValue: { image: { pin } } };
    const settings = coprSettings("copr-prod", { values });
    assert.equal(settings.images.frontend.source, `quay.io/copr/frontend@${pin}`);
    assert.ok(settings.imageUses.every(({ reference }) => reference.endsWith(pin)));
  });

  it("leave cluster and account to the local ones on request, in whatever form the engine hands them over", () => {
    const aws = JSON.stringify(SHARED.aws);
    const settings = coprSettings("copr-stg", { values: { ...SHARED, aws }, local: true });
    assert.equal(settings.cluster, undefined);
    assert.equal(settings.aws.account, undefined);
    assert.deepEqual(settings.aws.clusterEgress, ["192.0.2.10/32"]);
  });

  it("refuse an unknown key, with the nearest known one", () => {
    const values = { builders: { pools: { x86: { maxPreallok: 1 } } } };
    const [finding] = coprFindings("copr-dev", { values });
    assert.equal(finding?.key, "packit:builders.pools.x86.maxPreallok");
    assert.equal(finding.fix, "did you mean packit:builders.pools.x86.maxPrealloc?");
  });

  it("refuse settings of other programs", () => {
    assert.deepEqual(wrongKeys("copr-dev", { values: { workers: {}, ttl: "72h" } }), ["workers", "ttl"]);
  });

  it("bring Pulp up and tell everybody of it by one choice (B26)", () => {
    const uses = (resultStorage: string) =>
      coprSettings("copr-dev", { values: { resultStorage } }).imageUses.map(({ use }) => use);
    assert.ok(!uses("backend").includes("pulp"));
    assert.ok(uses("pulp").includes("pulp"));
  });

  it("are not taken by what is for stacks of Packit", () => {
    assert.throws(
      () => requirePackit(coprStack("copr-dev")),
      (error) => error instanceof SettingsError && error.message.includes("is a Copr's"),
    );
  });

  it("are frozen", () => {
    const settings = coprSettings("copr-dev");
    assert.ok(Object.isFrozen(settings.backend.builds) && Object.isFrozen(settings.pools));
  });
});
