import assert from "node:assert/strict";
import { join } from "node:path";

import { judge, mandatoryRules } from "../../../policy/findings";
import { whereIs } from "../../../policy/where";
import { clusterProvider } from "../../../stacks/parts/cluster";
import { jobPrograms } from "../../../stacks/parts/job-programs";
import { testRepository } from "../../../stacks/parts/test-repository";
import {
  filesIn,
  type GivenSecrets,
  loadSettings,
  parseStackName,
  requirePackit,
  SettingsError,
} from "../../../stacks/settings";
import { requireToken } from "../../../stacks/settings/test-repository";
import { testInstance } from "../../../stacks/test-instance";
import { runMocked, type Stack } from "../../support/mocks";

const ROOT = join(__dirname, "../../..");
const REPOSITORY = { owner: "packit-test", template: "packit-templates/small", labels: ["packit-build"] };

/** The test instance as it is with these settings. */
function instance(
  name: string,
  repository: typeof REPOSITORY | undefined,
  secrets: GivenSecrets = {},
): Promise<Stack> {
  const values = repository === undefined ? {} : { testInstances: { repository } };
  const stack = requirePackit(parseStackName(name));
  const settings = loadSettings(stack, { values, secretKeys: new Set() }, filesIn(ROOT), { local: true });
  return runMocked(() =>
    testInstance({ settings, secrets }, clusterProvider(settings, ROOT), jobPrograms(ROOT), {
      repository: testRepository,
    }),
  );
}

function ofGithub(stack: Stack): Stack["resources"] {
  return stack.resources.filter(({ type }) => type.startsWith("github:") || type.endsWith(":github"));
}

describe("a test instance's own repository", () => {
  let stack: Stack;
  before(async () => {
    stack = await instance("dev-pr-614", REPOSITORY, { repository: { WORD: "of the workflows" } });
  });
  const inputs = (type: string) => ofGithub(stack).find((one) => one.type.endsWith(`:${type}`))?.inputs ?? {};

  it("carries the instance's name, and comes from the template that the settings name", () => {
    const { name, template } = inputs("Repository");
    assert.equal(name, "packit-dev-pr-614");
    assert.deepEqual(template, { owner: "packit-templates", repository: "small" });
    assert.equal(inputs("github").owner, "packit-test");
    assert.equal(inputs("IssueLabel").name, "packit-build");
    assert.deepEqual(
      [inputs("ActionsSecret").secretName, inputs("ActionsSecret").value],
      ["WORD", "of the workflows"],
    );
  });

  it("signs events with the secret that the instance checks, and sends them where it listens", () => {
    const { url, secret = "" } = inputs("RepositoryWebhook").configuration as Partial<Record<string, string>>;
    const routes = stack.objects("Ingress").map(({ spec }) => spec as { rules: { host: string }[] });
    const hosts = routes.flatMap(({ rules }) =>
      rules.map(({ host }) => `https://${host}/api/webhooks/github`),
    );
    assert.ok(hosts.includes(url ?? ""), `${url ?? ""} is none of ${hosts.join(", ")}`);
    const { data } = stack.object("Secret", "packit-config") as { data?: Record<string, string> };
    const config = Buffer.from(data?.["packit-service.yaml"] ?? "", "base64").toString("utf8");
    assert.notEqual(secret, "");
    assert.ok(config.includes(`webhook_secret: "${secret}"`));
  });

  it("breaks no rule of the policy", () => {
    const seen = { name: "dev-pr-614", resources: stack.resources };
    const rules = mandatoryRules(whereIs(seen.name));
    assert.equal(ofGithub(stack).length, 5);
    const findings = stack.resources.flatMap((one) => judge(one, rules, seen).findings);
    assert.deepEqual(findings, []);
  });

  it("gets no events of Fedora CI, which takes none", async () => {
    const types = ofGithub(await instance("fedora-ci-stg-pr-12", REPOSITORY)).map(({ type }) => type);
    assert.ok(types.includes("github:index/repository:Repository"));
    assert.ok(!types.some((type) => type.endsWith(":RepositoryWebhook")));
  });

  it("is not there unless the settings ask for it", async () => {
    assert.deepEqual(ofGithub(await instance("dev-pr-614", undefined)), []);
  });

  it("wants a token", () => {
    assert.throws(() => {
      requireToken("dev-pr-614", "");
    }, SettingsError);
    requireToken("dev-pr-614", "ghp_1");
  });
});
