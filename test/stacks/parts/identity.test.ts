import assert from "node:assert/strict";
import { join } from "node:path";

import { CONTROL_NAMESPACE } from "../../../cli/instances/record";
import { clusterProvider } from "../../../stacks/parts/cluster";
import { IDENTITY_NAMESPACE } from "../../../stacks/parts/identity";
import { jobPrograms } from "../../../stacks/parts/job-programs";
import {
  filesIn,
  type GivenSecrets,
  loadSettings,
  parseStackName,
  requirePackit,
} from "../../../stacks/settings";
import { testInstance } from "../../../stacks/test-instance";
import { runMocked, type Stack } from "../../support/mocks";

const ROOT = join(__dirname, "../../..");
const QUEUE = "6d5b1f0e-3f6f-4f5c-9b7a-0d2f5d8f3c11";
const IDENTITY = {
  name: "tester-one",
  secret: "identity-tester-one",
  githubApp: "4711",
  fas: "packit-test-one",
  copr: "packit-test-copr",
  distgitNamespace: "forks/packit-test-one",
  queue: QUEUE,
};

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** The instance as it is when the identity's Secret holds this. */
function instance(kept: Readonly<Record<string, string>>, secrets: GivenSecrets = {}): Promise<Stack> {
  const values = {
    identity: IDENTITY.name,
    components: { fedmsg: true },
    testInstances: { identities: [IDENTITY] },
  };
  const stack = requirePackit(parseStackName("dev-pr-614"));
  const settings = loadSettings(stack, { values, secretKeys: new Set() }, filesIn(ROOT), { local: true });
  const program = () =>
    testInstance({ settings, secrets }, clusterProvider(settings, ROOT), jobPrograms(ROOT));
  return runMocked(program, false, kept);
}

function file(stack: Stack, secret: string, name: string): string {
  const { stringData, data } = stack.object("Secret", secret) as unknown as {
    readonly stringData?: Readonly<Record<string, string>>;
    readonly data?: Readonly<Record<string, string>>;
  };
  return stringData?.[name] ?? Buffer.from(data?.[name] ?? "", "base64").toString("utf8");
}

describe("an instance that is somebody of the pool", () => {
  it("is that to GitHub, Fedora, Copr and the message bus", async () => {
    const stack = await instance({
      "github-app.pem": base64("the App's key"),
      "copr-token": base64("the token"),
      "service.webhookSecret": base64("the webhook's secret"),
      "token.gitlab.com": base64("the account's token"),
    });
    const config = file(stack, "packit-config", "packit-service.yaml");
    assert.match(config, /github_app_id: "4711"/);
    assert.match(config, /fas_user: "packit-test-one"/);
    assert.match(config, /webhook_secret: "the webhook's secret"/);
    assert.match(config, /token: "the account's token"/);
    assert.equal(file(stack, "github-app-private-key", "private-key.pem"), "the App's key");
    assert.match(file(stack, "packit-copr", "copr"), /username *= *packit-test-copr[^]*token *= *the token/);
    assert.match(file(stack, "fedora-messaging", "fedora.toml"), new RegExp(QUEUE));
  });

  it("makes up what its Secret does not hold", async () => {
    const stack = await instance({});
    assert.match(file(stack, "github-app-private-key", "private-key.pem"), /PRIVATE KEY/);
    assert.match(file(stack, "packit-copr", "copr"), /token *= *[0-9a-f]{32}/);
  });

  it("has what it is given itself all the same", async () => {
    const given = { githubApp: { id: "1234", privateKey: "my key" } };
    const stack = await instance({ "github-app.pem": base64("the App's key") }, given);
    assert.match(file(stack, "packit-config", "packit-service.yaml"), /github_app_id: "1234"/);
    assert.equal(file(stack, "github-app-private-key", "private-key.pem"), "my key");
  });

  it("finds its Secret where the leases are", () => {
    assert.equal(IDENTITY_NAMESPACE, CONTROL_NAMESPACE);
  });
});
