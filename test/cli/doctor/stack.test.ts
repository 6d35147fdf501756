import assert from "node:assert/strict";

import { stackChecks, type StackFacts, type Stored } from "../../../cli/commands/doctor/checks/stack";
import { type Settings, SettingsError } from "../../../stacks/settings";
import { selfSigned } from "../../support/certificate";
import { findingOf } from "./support";

const DAY = 86_400_000;
const HOSTS = { api: "stg.packit.dev", dashboard: "stg.packit.dev", workers: "stg.packit.dev" };

function facts(
  stored: Stored | Error | undefined,
  more: Partial<StackFacts> = {},
  generates = false,
): StackFacts {
  const settings = {
    stack: { name: "stg" },
    namespace: "packit--stg",
    generatesSecrets: generates,
    hosts: HOSTS,
  } as unknown as Settings;
  return {
    stack: "stg",
    settings: () => Promise.resolve(settings),
    stored: () => (stored instanceof Error ? Promise.reject(stored) : Promise.resolve(stored)),
    now: Date.now(),
    ...more,
  };
}

const nothing: Stored = { secrets: {}, wrong: [] };

describe("what packit-stacks doctor finds of a stack", () => {
  it("is every setting that is wrong, with what to do", async () => {
    const wrong = { key: "packit:cluster", problem: "is missing", fix: "name one" };
    const broken = facts(nothing, { settings: () => Promise.reject(new SettingsError("stg", [wrong])) });
    assert.deepEqual(await findingOf(stackChecks(broken), "settings"), {
      id: "settings",
      verdict: "failed",
      says: "packit:cluster is missing",
      fix: "name one",
    });
    assert.match((await findingOf(stackChecks(facts(nothing)), "settings")).says, /packit--stg/);
  });

  it("is a wrong passphrase, or a key service that refuses, or no stack to decrypt", async () => {
    const wrong = await findingOf(stackChecks(facts(new Error("incorrect passphrase"))), "key");
    assert.equal(wrong.verdict, "failed");
    assert.match(wrong.fix ?? "", /PULUMI_CONFIG_PASSPHRASE_FILE/);
    const denied = await findingOf(stackChecks(facts(new Error("AccessDenied"))), "key");
    assert.match(denied.fix ?? "", /key service/);
    assert.equal((await findingOf(stackChecks(facts(undefined)), "key")).verdict, "skipped");
    assert.equal((await findingOf(stackChecks(facts(nothing)), "key")).verdict, "ok");
  });

  it("is every secret that is missing, with the command that sets it", async () => {
    const wrong = [
      { key: "packit:secrets.keytab", problem: "is missing", fix: "set keytab" },
      { key: "packit:secrets.copr.login", problem: "is missing", fix: "set login" },
    ];
    const finding = await findingOf(stackChecks(facts({ secrets: {}, wrong })), "secrets");
    assert.equal(finding.says, "packit:secrets.keytab is missing\npackit:secrets.copr.login is missing");
    assert.equal(finding.fix, "set keytab\nset login");
    assert.match((await findingOf(stackChecks(facts(nothing, {}, true)), "secrets")).says, /it makes/);
  });

  it("is certificates that end soon, have ended, or are not for its hosts", async () => {
    // Valid until tomorrow.
    const { certificate } = await selfSigned("stg.packit.dev");
    const stored = { secrets: { tls: { fullchain: certificate } }, wrong: [] };
    const at = (now: number) => findingOf(stackChecks(facts(stored, { now })), "certificates");
    assert.equal((await at(Date.now() - 90 * DAY)).verdict, "ok");
    assert.match((await at(Date.now() - 89.7 * DAY)).says, /ends in 90 days/);
    const soon = await at(Date.now());
    assert.equal(soon.verdict, "warning");
    assert.match(soon.says, /^tls\.fullchain ends in 24 h$/);
    const late = await at(Date.now() + 10 * DAY);
    assert.equal(late.verdict, "failed");
    assert.match(late.says, /ended 9 days ago/);

    const foreign = {
      secrets: { tls: { fullchain: (await selfSigned("packit.example")).certificate } },
      wrong: [],
    };
    const finding = await findingOf(
      stackChecks(facts(foreign, { now: Date.now() - 90 * DAY })),
      "certificates",
    );
    assert.equal(finding.verdict, "warning");
    assert.match(finding.says, /is not for stg\.packit\.dev/);
    assert.equal((await findingOf(stackChecks(facts(nothing)), "certificates")).verdict, "skipped");
  });
});
