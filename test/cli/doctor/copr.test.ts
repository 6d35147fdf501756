import assert from "node:assert/strict";

import { type StackFacts, stackChecks } from "../../../cli/commands/doctor/checks/stack";
import { coprSecrets, loadCopr } from "../../../cli/commands/doctor/copr";
import { described } from "../../../cli/commands/doctor/settings";
import { coprStack, SHARED } from "../../stacks/settings/copr/loading";
import { selfSigned } from "../../support/certificate";
import { findingOf } from "./support";

const { aws, backup, cluster, login, secrets } = SHARED;

/** What it looks at, of a stack with these settings and secrets. */
function facts(name: string, values: object, given: object = {}): StackFacts {
  const config = { values: { ...values, secrets: given }, secretKeys: new Set(["secrets"]) };
  const settings = () => loadCopr(coprStack(name), config, false);
  return {
    stack: name,
    settings: () => Promise.resolve().then(() => described(settings())),
    stored: () => Promise.resolve(coprSecrets(settings(), config)),
    now: Date.now(),
  };
}

describe("what packit-stacks doctor finds of a Copr", () => {
  const whole = { aws, backup, cluster, login, platform: "openshift" };

  it("is its namespace, and the hosts that there are", async () => {
    const { says, verdict } = await findingOf(stackChecks(facts("copr-stg", whole)), "settings");
    assert.deepEqual([verdict, says], ["ok", "valid: namespace copr-stg"]);
    const hosts = async (values: object): Promise<number> =>
      Object.keys((await facts("copr-stg", { ...whole, ...values }).settings()).hosts).length;
    assert.equal(await hosts({}), 4);
    assert.equal(await hosts({ resalloc: { webUi: { enabled: false } } }), 3);
  });

  it("is every setting that is missing, with what to do", async () => {
    const {
      verdict,
      says,
      fix = "",
    } = await findingOf(stackChecks(facts("copr-prod", { login })), "settings");
    assert.equal(verdict, "failed");
    for (const key of ["cluster", "aws.account", "backup.recipient", "images.frontend.source"])
      assert.match(says, new RegExp(`^packit:${key} `, "m"));
    assert.match(fix, /pulumi config set -s copr-prod --path packit:aws\.account/);
  });

  it("is which of its secrets are missing, and which hosts a given certificate leaves out", async () => {
    const { certificate, key } = await selfSigned("copr-stg.packit.dev");
    const given = { ...whole, certificates: { source: "given" } };
    const tls = { fullchain: certificate, privkey: key };
    const finding = (id: string, values: object) =>
      findingOf(stackChecks(facts("copr-stg", given, values)), id);
    assert.equal((await finding("secrets", { ...secrets, tls })).verdict, "ok");
    assert.match((await finding("secrets", secrets)).says, /^packit:secrets\.tls\.fullchain is missing/m);
    const short = await finding("certificates", { ...secrets, tls });
    assert.equal(short.verdict, "warning");
    assert.match(short.says, /is not for (?!copr-stg\.packit\.dev)/);
  });

  it("asks for no secrets in development", async () => {
    const unknown = { ...facts("copr-dev", {}), stored: () => Promise.resolve(undefined) };
    assert.deepEqual(await findingOf(stackChecks(unknown), "secrets"), {
      id: "secrets",
      verdict: "skipped",
      says: "it makes its own secrets",
    });
  });
});
