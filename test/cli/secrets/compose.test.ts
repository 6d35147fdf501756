import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { composeFiles } from "../../../cli/commands/secrets/compose/files";
import { readFolder } from "../../../cli/commands/secrets/layout/folder";
import { dotted, leavesOf } from "../../../cli/commands/secrets/leaves";
import { writePrivately } from "../../../cli/commands/secrets/private-folder";
import { packitRules } from "../../../cli/commands/secrets/rules";
import { exampleSecrets } from "../../../local/example-secrets";
import { examineSecrets } from "../../../stacks/settings/secrets";
import type { GivenSecrets } from "../../../stacks/settings";
import { load } from "../../stacks/settings/loading";

const settings = load("dev", { values: { components: { fedmsg: true } } });
const QUEUE = "0f3c1d6e-5a94-4b0c-8f0e-2f6f0a7c9d11";

async function secretsOfDev(): Promise<GivenSecrets> {
  const made = { ...(await exampleSecrets(packitRules(settings))), messaging: { queue: QUEUE } };
  const config = { values: { secrets: made }, secretKeys: new Set(["secrets"]) };
  const { secrets, findings } = examineSecrets(settings.stack, config);
  assert.deepEqual(findings, []);
  return secrets;
}

describe("the files for docker-compose", () => {
  it("D51: start a service locally: an unquoted server name, no sandbox, the App's key where it is mounted", async () => {
    const { "packit-service.yaml": text = "" } = composeFiles(settings, await secretsOfDev());
    assert.match(String(text), /^server_name: service\.localhost$/m);
    const file = parse(String(text));
    assert.equal(file.deployment, "dev");
    assert.equal(file.command_handler, "local");
    assert.equal(file.command_handler_k8s_namespace, undefined);
    assert.equal(file.repository_cache, undefined);
    assert.equal(file.dashboard_url, "https://dashboard.localhost:8443");
    assert.equal(
      file.authentication["github.com"].github_app_private_key_path,
      "/gh-secrets/private-key.pem",
    );
  });

  it("are those that its containers mount", async () => {
    assert.deepEqual(Object.keys(composeFiles(settings, await secretsOfDev())).sort(), [
      "copr",
      "fedora.keytab",
      "fedora.toml",
      "fullchain.pem",
      "id_ed25519",
      "id_ed25519.pub",
      "packit-service.yaml",
      "private-key.pem",
      "privkey.pem",
      "ssh_config",
    ]);
  });

  it("give back, imported, the secrets that they were written from", async () => {
    const secrets = await secretsOfDev();
    const folder = mkdtempSync(join(tmpdir(), "packit-stacks-compose-"));
    try {
      writePrivately(folder, "secrets of dev", composeFiles(settings, secrets));
      const { taken, problems } = readFolder(folder);
      assert.deepEqual(problems, []);
      const back = new Map(taken.map(({ path, value }) => [dotted(path), value]));
      // These are no files: containers get them as variables.
      const expected = leavesOf(secrets).filter(
        ({ path }) => !["database", "keyValue", "flower"].includes(String(path[0])),
      );
      assert.ok(expected.length > 12, String(expected.length));
      for (const { path, value } of expected) {
        assert.equal(back.get(dotted(path)), value.trimEnd(), dotted(path));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("D52: are not made for a forge without a token", async () => {
    const secrets = { ...(await secretsOfDev()), forgeTokens: {} };
    assert.throws(() => composeFiles(settings, secrets), /no token is given for the forges gitlab\.com/);
  });
});
