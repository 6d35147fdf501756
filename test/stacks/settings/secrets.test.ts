import assert from "node:assert/strict";

import { type GivenSecrets, secretsNeeded } from "../../../stacks/settings";
import { findingAbout, findingsOf, load, loadAll } from "./loading";

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const KEY = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

/** Everything that production needs. */
const COMPLETE = {
  tls: { fullchain: CERTIFICATE, privkey: KEY },
  keytab: "AAAA",
  ssh: { privateKey: KEY, publicKey: "ssh-ed25519 AAAA packit" },
  forgeTokens: { "gitlab.com": "t", "src.fedoraproject.org": "t" },
  githubApp: { id: 29, privateKey: KEY },
  service: {
    fasPassword: "p",
    webhookSecret: "p",
    testingFarmSecret: "p",
    internalTestingFarmSecret: "p",
    gitlabTokenSecret: "p",
  },
  copr: { login: "l", username: "u", token: "t" },
  messaging: { queue: "0f3c1d6e-5a94-4b0c-8f0e-2f6f0a7c9d11" },
  aws: { accessKeyId: "k", secretAccessKey: "s" },
  database: { user: "packit", password: "p" },
  keyValue: { password: "p" },
  flower: { users: { someone: "p", another: "p" } },
};

const withSecrets = (secrets: unknown, values = {}) => ({ values: { ...values, secrets }, local: true });

const CLUSTER = { kubeconfig: "/etc/kubeconfig", context: "prod" };
const onCluster = (secrets: unknown) => ({ values: { cluster: CLUSTER, secrets } });

describe("secrets", () => {
  it("are enough when none is missing, and come out as given", () => {
    const { secrets } = loadAll("prod", withSecrets(COMPLETE));
    assert.deepEqual(secrets, { ...COMPLETE, githubApp: { id: "29", privateKey: KEY } });
  });

  it("are listed when missing, all at once, each with the command that sets it", () => {
    const findings = findingsOf("prod", onCluster({}));
    assert.equal(findings.length, 24);
    assert.ok(findings.every(({ fix }) => fix.includes("npx packit-stacks secrets set prod ")));
    const token = findingAbout('packit:secrets.forgeTokens["gitlab.com"]', "prod", onCluster({}));
    assert.equal(token.fix, "npx packit-stacks secrets set prod forgeTokens.gitlab.com");
  });

  it("are made up by one command for a trial on this machine", () => {
    const { aws, ...others } = COMPLETE;
    assert.deepEqual(Object.keys(aws), ["accessKeyId", "secretAccessKey"]);
    assert.deepEqual(findingsOf("prod", withSecrets(others)), [
      {
        key: "packit:secrets",
        problem: "lacks aws.accessKeyId, aws.secretAccessKey",
        fix: "make example-secrets STACK=prod LOCAL=1",
      },
    ]);
  });

  it("are refused on a real cluster when they are made up for trials", () => {
    const made = { ...COMPLETE, database: { user: "packit", password: "example1234" } };
    assert.deepEqual(
      findingsOf("prod", onCluster(made)).map(({ key }) => key),
      ["packit:secrets.database.password"],
    );
    assert.doesNotThrow(() => loadAll("prod", withSecrets(made)));
  });

  it("D54: hold keys for backups, unless the stack keeps none", () => {
    const { aws, ...others } = COMPLETE;
    assert.equal(aws.accessKeyId, "k");
    assert.match(findingAbout("packit:secrets.aws.accessKeyId", "prod", onCluster(others)).problem, /backup/);
    const without = withSecrets(others, { backup: { enabled: false } });
    assert.doesNotThrow(() => loadAll("prod", without));
    // Development cannot make them up either.
    const wanted = withSecrets({}, { backup: { enabled: true } });
    assert.deepEqual(
      findingsOf("dev", wanted).map(({ key }) => key),
      ["packit:secrets.aws.accessKeyId", "packit:secrets.aws.secretAccessKey"],
    );
  });

  it("say how a file gets in", () => {
    const fix = (key: string) => findingAbout(key, "prod", onCluster({})).fix;
    assert.match(fix("packit:secrets.tls.fullchain"), / < fullchain\.pem$/);
    assert.match(fix("packit:secrets.keytab"), /^base64 -w0 fedora\.keytab \| npx packit-stacks /);
    assert.match(fix("packit:secrets.ssh.privateKey"), / < id_ed25519$/);
  });

  it("are told together with what is wrong with settings", () => {
    const values = { platform: "mainframe", secrets: { keytab: "!" } };
    assert.deepEqual(
      findingsOf("dev", { values }).map(({ key }) => key),
      ["packit:platform", "packit:secrets.keytab"],
    );
  });

  it("are not missed by stacks that make their own", () => {
    for (const name of ["dev", "dev-pr-614", "prod-pr-1"]) {
      assert.deepEqual(loadAll(name).secrets, {});
    }
  });

  it("are of no use as half a pair, to any stack", () => {
    const halves: readonly (readonly [secrets: GivenSecrets, missing: readonly string[]])[] = [
      [{ tls: { fullchain: CERTIFICATE } }, ["tls.privkey"]],
      [{ ssh: { privateKey: KEY } }, ["ssh.publicKey"]],
      [{ githubApp: { privateKey: KEY } }, ["githubApp.id"]],
      [{ copr: { username: "u" } }, ["copr.login", "copr.token"]],
      [{ messaging: { cert: CERTIFICATE } }, ["messaging.ca", "messaging.key"]],
      [{ aws: { accessKeyId: "a" } }, ["aws.secretAccessKey"]],
    ];
    for (const [secrets, missing] of halves) {
      assert.deepEqual(
        findingsOf("dev-pr-614", withSecrets(secrets)).map(({ key }) => key),
        missing.map((key) => `packit:secrets.${key}`),
      );
    }
  });

  it("are needed only for what the stack has", () => {
    const needed = (values: Record<string, unknown>) =>
      secretsNeeded(load("prod", { values, local: true }))
        .filter(({ optional }) => !optional)
        .map(({ path }) => path.join("."));
    assert.ok(needed({}).includes("messaging.queue"));
    assert.ok(!needed({ components: { fedmsg: false } }).includes("messaging.queue"));
    assert.ok(needed({}).includes("flower.users.flower-boss"));
    assert.ok(!needed({ components: { flower: false } }).some((path) => path.startsWith("flower")));
    assert.ok(!needed({}).includes("service.logdetectiveToken"));
    assert.ok(needed({ service: { logdetectiveEnabled: true } }).includes("service.logdetectiveToken"));
    const forges = [{ name: "gitlab.com", instanceUrl: "https://gitlab.com" }];
    assert.ok(!needed({ forges }).some((path) => path.startsWith("githubApp")));
    assert.ok(needed({ forges }).includes("forgeTokens.gitlab.com"));
  });

  it("say of each what it looks like", () => {
    const forms = new Map(
      secretsNeeded(load("prod", { local: true })).map(({ path, form }) => [path.join("."), form]),
    );
    assert.equal(forms.get("tls.privkey"), "privateKey");
    assert.equal(forms.get("messaging.queue"), "uuid");
    assert.equal(forms.get("forgeTokens.gitlab.com"), "password");
    assert.equal(forms.get("flower.users.flower-boss"), "password");
    assert.equal(forms.get("keytab"), "keytab");
  });

  const wrong: Readonly<Record<string, unknown>> = {
    "tls.fullchain": "hunter2",
    "tls.privkey": CERTIFICATE,
    keytab: "hunter 2",
    "ssh.publicKey": "hunter2",
    "githubApp.id": "hunter2",
    "messaging.queue": "hunter2",
    "database.password": "hunter\n2",
    "sentry.dsn": "hunter2",
    "flower.users": "flower-boss:hunter2",
  };
  for (const [key, value] of Object.entries(wrong)) {
    it(`are refused when ${key} is of another form, without showing it`, () => {
      const [purpose = "", name] = key.split(".");
      const secrets = { [purpose]: name === undefined ? value : { [name]: value } };
      const findings = findingsOf("prod", withSecrets(secrets));
      assert.deepEqual(
        findings.map((finding) => finding.key),
        [`packit:secrets.${key}`],
      );
      assert.doesNotMatch(JSON.stringify(findings), /hunter/);
    });
  }

  it("are refused for a purpose that is none, with the nearest one", () => {
    const about = findingAbout("packit:secrets.databse", "prod", withSecrets({ databse: {} }));
    assert.equal(about.fix, "did you mean packit:secrets.database?");
  });

  it("are refused in plain text", () => {
    const situation = { ...withSecrets(COMPLETE), secretKeys: [] };
    assert.deepEqual(
      findingsOf("prod", situation).map(({ problem }) => problem),
      ["is stored in plain text"],
    );
  });

  it("end in the newline that the engine drops and OpenSSH wants", () => {
    const { secrets } = loadAll("dev", withSecrets({ tls: { fullchain: CERTIFICATE.trim(), privkey: KEY } }));
    assert.equal(secrets.tls?.fullchain, CERTIFICATE);
  });
});
