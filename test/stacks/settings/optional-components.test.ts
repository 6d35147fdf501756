import assert from "node:assert/strict";

import { packitRules } from "../../../cli/commands/secrets/rules";
import { exampleSecrets } from "../../../local/example-secrets";
import { secretsNeeded, type GivenSecrets, type Settings } from "../../../stacks/settings";
import { ENVIRONMENTS } from "../../support/environments";
import { findingsOf, load, loadAll } from "./loading";

const ON = { centosmsg: true, tokman: true, redisCommander: true, fluentdSidecar: true };

function requiredSecrets(settings: Settings): string[] {
  return secretsNeeded(settings)
    .filter(({ optional }) => !optional)
    .map(({ path }) => path.join("."));
}

describe("components that few have", () => {
  it("are in no stack that does not ask for them, but for the logs of stream-prod", () => {
    const found = [...ENVIRONMENTS, "dev-pr-1", "stg-pr-1", "prod-pr-1"].flatMap((name) => {
      const { components } = load(name, { local: true });
      const switches = Object.entries(components).filter(([key, value]) => key in ON && value);
      return switches.map(([key]) => `${name} ${key}`);
    });
    assert.deepEqual(found, ["stream-prod fluentdSidecar"]);
  });

  it("do not come to a test instance with its base's settings where they reach out to others", () => {
    const files = {
      dev: `config:
  packit:components:
    centosmsg: true
    fluentdSidecar: true
    tokman: true
  packit:repositoryCache:
    repositories:
      - https://src.fedoraproject.org/rpms/kernel
`,
    };
    const { components, repositoryCache } = load("dev-pr-1", { files });
    assert.deepEqual(
      [components.centosmsg, components.fluentdSidecar, components.tokman, repositoryCache.repositories],
      [false, false, true, []],
    );
  });

  it("listen to the messages of their own deployment", () => {
    const places = ["dev", "stg", "prod", "prod-pr-1"].map((name) => {
      const { host, topic, subtopics } = load(name, { local: true }).centosMessages;
      return [name, host, topic, ...subtopics];
    });
    assert.deepEqual(places, [
      ["dev", "mqtt.stg.centos.org", "git.stg.centos.org/#", "pull-request"],
      ["stg", "mqtt.stg.centos.org", "git.stg.centos.org/#", "pull-request"],
      ["prod", "mqtt.git.centos.org", "git.centos.org/#", "pull-request"],
      ["prod-pr-1", "mqtt.stg.centos.org", "git.stg.centos.org/#", "pull-request"],
    ]);
  });

  it("D35: tokman needs the GitHub App's secrets even where no forge does", () => {
    const forges = [{ name: "gitlab.com", instanceUrl: "https://gitlab.com" }];
    const needed = (tokman: boolean): string[] =>
      requiredSecrets(load("prod", { values: { forges, components: { tokman } }, local: true })).filter(
        (path) => path.startsWith("githubApp"),
      );
    assert.deepEqual([needed(false), needed(true)], [[], ["githubApp.id", "githubApp.privateKey"]]);
  });

  it("need secrets of their own, and none when they are off", () => {
    const own = (components: object): string[] =>
      requiredSecrets(load("prod", { values: { components }, local: true })).filter((path) =>
        /^(?:centosmsg|redisCommander|splunk)\./.test(path),
      );
    assert.deepEqual(own({}), []);
    assert.deepEqual(own(ON), [
      "centosmsg.certificate",
      "centosmsg.serverCa",
      "redisCommander.user",
      "redisCommander.password",
      "splunk.host",
      "splunk.port",
      "splunk.token",
    ]);
  });

  it("miss in a stack that makes its own secrets what only others issue", () => {
    const missing = findingsOf("dev", { values: { components: ON } }).map(({ key }) => key);
    assert.deepEqual(missing, [
      "packit:secrets.centosmsg.certificate",
      "packit:secrets.centosmsg.serverCa",
      "packit:secrets.splunk.host",
      "packit:secrets.splunk.port",
      "packit:secrets.splunk.token",
    ]);
  });

  it("take made-up secrets for trials, in the form that is asked for", async () => {
    const values = { components: ON };
    const secrets = (await exampleSecrets(
      packitRules(load("prod", { values, local: true })),
    )) as GivenSecrets;
    const given = loadAll("prod", { values: { ...values, secrets }, local: true }).secrets;
    assert.match(given.centosmsg?.certificate ?? "", /CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----/);
    assert.equal(given.splunk?.port, "443");
  });

  it("refuse a certificate without its key, without showing it", () => {
    const certificate = "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n";
    const findings = findingsOf("dev", {
      values: { secrets: { centosmsg: { certificate, serverCa: certificate } } },
    });
    assert.deepEqual(
      findings.map(({ key }) => key),
      ["packit:secrets.centosmsg.certificate"],
    );
    assert.doesNotMatch(JSON.stringify(findings), /hunter/);
  });
});
