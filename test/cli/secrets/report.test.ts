import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";

import { parsePlace } from "../../../cli/commands/secrets/place";
import { report, type SecretRow } from "../../../cli/commands/secrets/report";
import { codeOf, STATUS_CODES } from "../../../cli/commands/secrets/status-code";
import { packitRules } from "../../../cli/commands/secrets/rules";
import type { Subject } from "../../../cli/commands/secrets/subject";
import { exampleSecrets } from "../../../local/example-secrets";
import type { Tree } from "../../../stacks/settings/tree";
import { selfSigned } from "../../support/certificate";
import { load } from "../../stacks/settings/loading";

const DAY_MS = 86_400_000;
const NOW = new Date();

function subjectOf(name: string): Subject {
  const settings = load(name, { local: true });
  return {
    paths: undefined as never,
    stack: settings.stack,
    rules: packitRules(settings),
    local: true,
    file: "",
  };
}

/** How it stands with each secret. */
function states(name: string, tree: Tree): Record<string, string> {
  return Object.fromEntries(report(subjectOf(name), tree, NOW).map(({ secret, state }) => [secret, state]));
}

function row(rows: readonly SecretRow[], secret: string): SecretRow {
  return rows.find((candidate) => candidate.secret === secret) ?? assert.fail(`no row ${secret}`);
}

describe("the report on secrets", () => {
  it("lists what is needed and what is optional when nothing is set", () => {
    const all = states("prod", {});
    assert.equal(all["database.password"], "missing");
    assert.equal(all["sentry.dsn"], "optional");
    assert.equal(all["flower.users.flower-boss"], "missing");
    const code = codeOf(report(subjectOf("prod"), {}, NOW), 30);
    assert.equal(code, STATUS_CODES.lacking);
  });

  it("says of a stack that makes its own secrets what those are", () => {
    const all = states("dev-pr-614", {});
    assert.equal(all["database.password"], "made");
    assert.ok(!Object.values(all).includes("missing"));
  });

  it("tells examples from secrets, and wants nothing more when all are there", async () => {
    const subject = subjectOf("prod");
    const tree = {
      ...(await exampleSecrets(subject.rules)),
      sentry: { dsn: "https://key@sentry.example/1" },
    };
    const all = states("prod", tree);
    assert.equal(all["tls.fullchain"], "example");
    assert.equal(all["database.password"], "example");
    assert.equal(all.keytab, "example");
    assert.equal(all["sentry.dsn"], "set");
    assert.equal(codeOf(report(subject, tree, NOW), 30), STATUS_CODES.fine);
  });

  it("counts the days that a certificate has left, and warns in time", async () => {
    const subject = subjectOf("prod");
    const { certificate, key } = await selfSigned("prod.packit.dev");
    const tree = {
      ...(await exampleSecrets(subject.rules)),
      tls: { fullchain: certificate, privkey: key },
    };
    const end = Date.parse(new X509Certificate(certificate).validTo);
    const rows = report(subject, tree, new Date(end - 21.5 * DAY_MS));
    const { daysLeft, ends, remark } = row(rows, "tls.fullchain");
    assert.equal(daysLeft, 21);
    assert.match(String(ends), /^\d{4}-\d\d-\d\d$/);
    assert.match(String(remark), /does not cover .*dashboard\.packit\.dev/);
    assert.equal(codeOf(rows, 30), STATUS_CODES.ending);
    assert.equal(codeOf(rows, 21), STATUS_CODES.fine);
    assert.equal(codeOf(report(subject, tree, new Date(end + DAY_MS)), 30), STATUS_CODES.lacking);
  });

  it("counts any user of Flower as the one that is needed", () => {
    const all = states("prod", { flower: { users: { somebody: "p" } } });
    assert.equal(all["flower.users.somebody"], "set");
    assert.equal(all["flower.users.flower-boss"], undefined);
  });

  it("tells what nothing reads, and what no stack knows", () => {
    const all = states("dev", { messaging: { queue: "0f3c1d6e-5a94-4b0c-8f0e-2f6f0a7c9d11" } });
    assert.equal(all["messaging.queue"], "unused");
    assert.equal(states("dev", { nonsense: { key: "hunter2" } }).nonsense, "wrong");
  });

  it("holds no value", async () => {
    const subject = subjectOf("prod");
    const tree = await exampleSecrets(subject.rules);
    const text = JSON.stringify(report(subject, tree, NOW));
    const values: string[] = [];
    JSON.stringify(tree, (_key, value: unknown) => {
      if (typeof value === "string" && value.length > 8) values.push(value);
      return value;
    });
    assert.ok(values.length > 15, String(values.length));
    assert.deepEqual(
      values.filter((value) => text.includes(value)),
      [],
    );
  });
});

describe("the place of a secret", () => {
  it("is read as users and as messages write it", () => {
    assert.deepEqual(parsePlace("tls.privkey"), ["tls", "privkey"]);
    assert.deepEqual(parsePlace("keytab"), ["keytab"]);
    assert.deepEqual(parsePlace("forgeTokens.src.fedoraproject.org"), [
      "forgeTokens",
      "src.fedoraproject.org",
    ]);
    const quoted = 'packit:secrets.forgeTokens["src.fedoraproject.org"]';
    assert.deepEqual(parsePlace(quoted), ["forgeTokens", "src.fedoraproject.org"]);
    assert.deepEqual(parsePlace("flower.users.flower-boss"), ["flower", "users", "flower-boss"]);
  });

  it("is refused with the nearest one", () => {
    assert.throws(() => parsePlace("tls.privkye"), /tls\.privkye is no secret: did you mean tls\.privkey\?/);
    assert.throws(() => parsePlace("tls"), /is no secret/);
    assert.throws(() => parsePlace("forgeTokens"), /is no secret/);
    assert.throws(() => parsePlace("zzzzzzzz"), /choose one of .*forgeTokens\.NAME/);
  });
});
