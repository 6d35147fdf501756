import assert from "node:assert/strict";

import { bytesOf, secretsNeeded, type Settings } from "../../../stacks/settings";
import { findingAbout, findingsOf, load, tracked } from "./loading";

const OTHERS = ["stream-stg", "stream-prod", "source-git-stg", "source-git-prod"] as const;

const loaded = (name: string, values = {}): Settings =>
  load(name, { values: { ...tracked(name), ...values }, local: true });

/** Paths of the secrets that a stack cannot do without. */
function required(name: string, values = {}): string[] {
  return secretsNeeded(loaded(name, values))
    .filter(({ optional }) => !optional)
    .map(({ path }) => path.join("."));
}

const COMMON = [
  "tls.fullchain",
  "tls.privkey",
  "ssh.privateKey",
  "ssh.publicKey",
  "forgeTokens.gitlab.com",
  "service.gitlabTokenSecret",
  "database.user",
  "database.password",
  "keyValue.password",
  "aws.accessKeyId",
  "aws.secretAccessKey",
];

describe("settings of the other services", () => {
  it("are the same with and without the tracked file, which only shows what is particular", () => {
    for (const name of OTHERS) assert.deepEqual(loaded(name), load(name, { local: true }));
  });

  it("D34: need no more secrets than the service does", () => {
    assert.deepEqual(required("stream-stg").sort(), [...COMMON].sort());
    const logs = ["splunk.host", "splunk.port", "splunk.token"];
    assert.deepEqual(required("stream-prod").sort(), [...COMMON, ...logs].sort());
    const sourceGit = [...COMMON, "forgeTokens.src.fedoraproject.org", "messaging.queue"].sort();
    for (const name of ["source-git-stg", "source-git-prod"]) {
      assert.deepEqual(required(name).sort(), sourceGit);
    }
  });

  it("take a keytab where there is an account for it", () => {
    const takes = (name: string) =>
      secretsNeeded(loaded(name)).some(({ path, optional }) => optional && path[0] === "keytab");
    assert.deepEqual(OTHERS.map(takes), [false, false, true, true]);
  });

  it("ask for what a component needs that is turned on", () => {
    assert.ok(required("stream-stg", { components: { flower: true } }).includes("flower.users.flower-boss"));
    const cluster = { kubeconfig: "/etc/kubeconfig", context: "prod" };
    const missing = findingsOf("source-git-prod", { values: { ...tracked("source-git-prod"), cluster } });
    assert.deepEqual(missing.map(({ key }) => key).sort(), [
      ...required("source-git-prod")
        .map((path) => path.replace(/^forgeTokens\.(.+)$/, 'forgeTokens["$1"]'))
        .map((path) => `packit:secrets.${path}`)
        .sort(),
    ]);
  });

  it("D18: fit together, whatever the environment is called", () => {
    for (const name of OTHERS) {
      const { api, database, keyValue } = loaded(name);
      assert.equal(api.limits.memory, "512Mi");
      assert.equal(database.memory, "640Mi");
      assert.ok((bytesOf(database.memory) ?? 0) >= (bytesOf(database.sharedMemory) ?? 0) * 4);
      assert.equal(database.storage, name.endsWith("-prod") ? "8Gi" : "2Gi");
      assert.deepEqual([keyValue.kind, keyValue.memory, keyValue.storage], ["redict", "256Mi", "1Gi"]);
      const renamed = loaded(name, { namespace: "elsewhere" });
      assert.deepEqual({ ...renamed, namespace: "" }, { ...loaded(name), namespace: "" });
    }
  });

  it("go to a cluster that somebody names", () => {
    for (const name of OTHERS) {
      assert.match(findingAbout("packit:cluster", name).problem, /is missing/);
    }
  });
});
