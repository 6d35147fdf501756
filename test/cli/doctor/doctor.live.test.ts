import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { startCluster } from "../../../local/cluster";
import { Checkout, type Outcome } from "../../support/checkout";

interface Finding {
  readonly id: string;
  readonly verdict: string;
  readonly says: string;
}

/** Verdicts by check. */
function verdicts({ stdout }: Outcome): Record<string, string> {
  const { checks } = JSON.parse(stdout) as { checks: Finding[] };
  return Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
}

describe("packit-stacks login and doctor", () => {
  const stack = "dev-pr-614";
  let checkout: Checkout;
  let shared: string;
  let settings: string;
  const file = (name: string): string => join(checkout.root, name);
  const doctor = (): Promise<Outcome> => checkout.stacks("doctor", stack, "--json");

  before(() => {
    checkout = Checkout.make();
    shared = file("shared");
    settings = file(`Pulumi.${stack}.yaml`);
    mkdirSync(shared);
    for (const [name, words] of [
      ["passphrase", "the right words"],
      ["wrong", "other words"],
    ] as const) {
      writeFileSync(file(name), words);
      chmodSync(file(name), 0o600);
    }
  });
  after(() => checkout.close());

  it("looks at a stack without a cluster", async () => {
    const outcome = await doctor();
    assert.equal(outcome.code, 0, outcome.output);
    const found = verdicts(outcome);
    assert.equal(found.settings, "ok");
    assert.equal(found.cluster, "skipped");
  });

  it("remembers a backend only after it has answered", async () => {
    const refused = await checkout.stacks("login", "file:///proc/nowhere");
    assert.equal(refused.code, 1, refused.output);
    assert.match((await checkout.stacks("login")).stdout, /not logged in/);
    const login = await checkout.stacks("login", shared, "--passphrase-file", "passphrase");
    assert.equal(login.code, 0, login.output);
    assert.match((await checkout.stacks("env")).stdout, /PULUMI_BACKEND_URL='file:.*\/shared\?/);
  });

  it("finds a stack on a real cluster in order, as its user may do what it takes", async () => {
    await startCluster(file(".local/cluster"));
    // A cluster of one's own, so that the state goes where the login says.
    const [context] = /(?<=current-context: ).+/.exec(readFileSync(checkout.kubeconfig, "utf8")) ?? [""];
    const config = `config:\n  packit:cluster:\n    kubeconfig: ${checkout.kubeconfig}\n    context: ${context}\n`;
    writeFileSync(settings, config);
    const made = await checkout.pulumi("stack", "init", stack, "--no-select", "--non-interactive");
    assert.equal(made.code, 0, made.output);
    const outcome = await doctor();
    assert.equal(outcome.code, 0, outcome.output);
    const found = verdicts(outcome);
    for (const id of [
      "backend",
      "writable",
      "settings",
      "key",
      "lock",
      "cluster",
      "clock",
      "rights",
      "classes",
    ]) {
      assert.equal(found[id], "ok", `${id}: ${outcome.stdout}`);
    }
    assert.equal(found.workloads, "skipped");
  });

  it("finds a stale lock, a wrong passphrase and a class that is not there, all at once", async () => {
    const locks = join(shared, ".pulumi", "locks", "organization", "packit", stack);
    mkdirSync(locks, { recursive: true });
    const lock = { pid: 1, username: "ada", hostname: "elsewhere", timestamp: "2026-01-01T00:00:00Z" };
    writeFileSync(join(locks, "1.json"), JSON.stringify(lock));
    const wrong = { PULUMI_CONFIG_PASSPHRASE_FILE: file("wrong") };
    const text = readFileSync(settings, "utf8");
    writeFileSync(settings, text.replace("config:\n", "config:\n  packit:storageClass: none-such\n"));
    const cli = file(".local/build/packit-stacks.js");
    const outcome = await checkout.run("node", [cli, "doctor", stack, "--json"], wrong);
    assert.equal(outcome.code, 1, outcome.output);
    const found = verdicts(outcome);
    assert.deepEqual([found.key, found.lock, found.classes], ["failed", "failed", "failed"], outcome.stdout);
    assert.match(outcome.stdout, /ada on elsewhere/);
    rmSync(join(locks, "1.json"));
  });

  it("forgets the backend again", async () => {
    assert.equal((await checkout.stacks("logout")).code, 0);
    assert.match((await checkout.stacks("login")).stdout, /not logged in/);
  });
});
