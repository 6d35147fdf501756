import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { leavesOf } from "../../../cli/commands/secrets/leaves";
import { Checkout, type Outcome } from "../../support/checkout";
import { watchingCommandLines } from "../../support/processes";
import { oldLayout } from "./material";

describe("packit-stacks secrets, for an environment", () => {
  let checkout: Checkout;

  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  const secrets = (...args: readonly string[]): Promise<Outcome> => checkout.stacks("secrets", ...args);
  const fileText = (): string => readFileSync(join(checkout.root, ".local/stacks/Pulumi.stg.yaml"), "utf8");

  /** All secrets as they are stored. */
  async function stored(): Promise<Record<string, string>> {
    const get = await checkout.pulumiLocally("stg", "config", "get", "packit:secrets");
    return Object.fromEntries(
      leavesOf(JSON.parse(get.stdout)).map(({ path, value }) => [path.join("."), value]),
    );
  }

  /** Runs a command with a value on its standard input. */
  function given(value: string, ...args: readonly string[]): Promise<Outcome> {
    const command = join(checkout.root, ".local/build/packit-stacks.js");
    const file = join(checkout.root, "value");
    writeFileSync(file, value);
    return checkout.run("bash", ["-c", 'exec node "$@" < value', "bash", command, "secrets", ...args]);
  }

  it("lists everything as missing at first, without a cluster, and changes nothing", async () => {
    const status = await secrets("status", "stg", "--local", "--json");
    assert.equal(status.code, 1);
    const { status: word, secrets: rows } = JSON.parse(status.stdout) as {
      status: string;
      secrets: { state: string }[];
    };
    assert.equal(word, "lacking");
    assert.ok(rows.filter(({ state }) => state === "missing").length > 15);
    await assert.rejects(checkout.kubectl("version"));
  });

  it("takes over a folder of the old layout in one command, and says nothing of what is in it", async () => {
    const folder = join(checkout.root, "old");
    mkdirSync(folder);
    const files = await oldLayout();
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    assert.equal((await secrets("import", "stg", folder, "--local", "--dry-run")).code, 0);
    const { result, commandLines } = await watchingCommandLines(() =>
      secrets("import", "stg", folder, "--local"),
    );
    assert.equal(result.code, 0, result.output);
    assert.match(result.stderr, /still missing: keyValue\.password/);
    const values = await stored();
    assert.equal(values["copr.token"], "to%ken");
    assert.equal(values["forgeTokens.gitlab.com"], "12345678");
    assert.ok(Object.keys(values).length > 20);
    const seen = [...commandLines, result.output, fileText()].join("\n");
    assert.match(seen, /config set --secret --config-file/);
    for (const [place, value] of Object.entries(values)) {
      const [longest = ""] = value.split("\n").sort((a, b) => b.length - a.length);
      if (longest.length >= 8) assert.ok(!seen.includes(longest), place);
    }
  });

  it("stores nothing when one of several things is wrong", async () => {
    const folder = join(checkout.root, "old");
    const before = fileText();
    const { "privkey.pem": other = "" } = await oldLayout();
    writeFileSync(join(folder, "privkey.pem"), other);
    writeFileSync(join(folder, "fedora.keytab"), "no keytab");
    const result = await secrets("import", "stg", folder, "--local");
    assert.equal(result.code, 1);
    assert.match(result.stderr, /packit:secrets\.tls\.privkey: does not belong to tls\.fullchain/);
    assert.match(result.stderr, /packit:secrets\.keytab: /);
    assert.equal(fileText(), before);
  });

  it("sets one, and leaves the cipher text of all others as it is", async () => {
    const before = parse(fileText()).config["packit:secrets"];
    const outcome = await given("glpat-abcdefgh\n", "set", "stg", "forgeTokens.gitlab.com", "--local");
    assert.equal(outcome.code, 0, outcome.output);
    assert.match(outcome.stdout, /changed: forgeTokens\.gitlab\.com/);
    assert.equal((await stored())["forgeTokens.gitlab.com"], "glpat-abcdefgh");
    const after = parse(fileText()).config["packit:secrets"];
    assert.notEqual(after.forgeTokens["gitlab.com"].secure, before.forgeTokens["gitlab.com"].secure);
    after.forgeTokens["gitlab.com"] = before.forgeTokens["gitlab.com"];
    assert.deepEqual(after, before);
  });

  it("takes one away, and says what it was needed with", async () => {
    const outcome = await secrets("unset", "stg", "aws.accessKeyId", "--local");
    assert.match(outcome.stdout, /removed: aws\.accessKeyId/);
    assert.match(outcome.stderr, /still missing: aws\.accessKeyId/);
    assert.equal((await stored())["aws.accessKeyId"], undefined);
  });

  it("breaks up secrets that are stored all in one, and loses none", async () => {
    const before = await stored();
    const { stdout } = await checkout.stacks("env", "stg", "--local");
    const script = 'eval "$1"; printf %s "$2" | pulumi config set --secret --stack stg packit:secrets';
    const whole = JSON.stringify({
      tls: { fullchain: before["tls.fullchain"], privkey: before["tls.privkey"] },
      keytab: before.keytab,
    });
    await checkout.run("bash", ["-c", script, "bash", stdout, whole]);
    assert.equal((await given("user\n", "set", "stg", "database.user", "--local")).code, 0);
    assert.deepEqual(Object.keys(await stored()).sort(), [
      "database.user",
      "keytab",
      "tls.fullchain",
      "tls.privkey",
    ]);
    assert.equal((await stored())["tls.privkey"], before["tls.privkey"]);
  });

  it("fills up with examples, and then lacks nothing", async () => {
    assert.equal((await secrets("example", "stg", "--local")).code, 0);
    const status = await secrets("status", "stg", "--local", "--warn-days", "0");
    assert.equal(status.code, 0, status.output);
    assert.match(status.stdout, /database\.password +example/);
    // The certificate that was there ends tomorrow.
    assert.equal((await secrets("status", "stg", "--local")).code, 2);
  });

  it("writes the files for docker-compose, and the same ones again", async () => {
    const folder = join(checkout.root, "compose");
    assert.equal((await secrets("write", "dev", folder)).code, 0);
    const key = readFileSync(join(folder, "id_ed25519"), "utf8");
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(statSync(join(folder, "packit-service.yaml")).mode & 0o777, 0o600);
    assert.equal((await secrets("write", "dev", folder)).code, 0);
    assert.equal(readFileSync(join(folder, "id_ed25519"), "utf8"), key);
    const refused = await secrets("write", "dev", checkout.root);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /is not empty/);
  });
});
