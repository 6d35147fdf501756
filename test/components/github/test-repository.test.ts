import assert from "node:assert/strict";

import { githubProvider } from "../../../components/github/provider";
import { TestRepository, type TestRepositoryArgs } from "../../../components/github/test-repository";
import { type Registered, runMocked } from "../../support/mocks";

const ARGS: TestRepositoryArgs = {
  name: "packit-dev-pr-614",
  description: "For trying",
  template: { owner: "packit-test", repository: "template" },
  webhook: { url: "https://pr-614.example.org/api/webhooks/github", secret: "word" },
  labels: ["packit-build", "release: yes"],
  secrets: { WORD: "first", OTHER: "second" },
};

async function made(args: TestRepositoryArgs): Promise<readonly Registered[]> {
  const program = () =>
    new TestRepository("test", args, { providers: { github: githubProvider("github", "packit-test") } });
  return (await runMocked(program)).resources;
}

function inputs(all: readonly Registered[], type: string): Registered["inputs"][] {
  return all.filter((one) => one.type.endsWith(`:${type}`)).map((one) => one.inputs);
}

describe("a repository for trying an instance", () => {
  let all: readonly Registered[];
  let token: string | undefined;
  before(async () => {
    token = process.env.GITHUB_TOKEN;
    process.env.GITHUB_TOKEN = "ghp_of-whoever-deploys";
    all = await made(ARGS);
  });
  after(() => {
    if (token === undefined) delete process.env.GITHUB_TOKEN;
    else process.env.GITHUB_TOKEN = token;
  });

  it("comes from its template and goes for good", () => {
    const [repository] = inputs(all, "Repository");
    assert.deepEqual(repository?.template, { owner: "packit-test", repository: "template" });
    assert.deepEqual([repository.name, repository.archiveOnDestroy], ["packit-dev-pr-614", false]);
    const kept = all.filter(({ protect, retainOnDelete }) => protect || retainOnDelete);
    assert.deepEqual(kept, []);
  });

  it("tells the instance of events, signed and over TLS that is checked", () => {
    const [hook] = inputs(all, "RepositoryWebhook");
    assert.deepEqual(hook?.configuration, {
      url: "https://pr-614.example.org/api/webhooks/github",
      contentType: "json",
      insecureSsl: false,
      secret: "word",
    });
    assert.ok((hook.events as readonly string[]).includes("pull_request"));
  });

  it("has the labels and secrets that it is given", () => {
    const labels = inputs(all, "IssueLabel").map(({ name }) => name);
    assert.deepEqual(labels.sort(), ["packit-build", "release: yes"]);
    const secrets = inputs(all, "ActionsSecret").map(({ secretName, value }) => [secretName, value]);
    assert.deepEqual(secrets.sort(), [
      ["OTHER", "second"],
      ["WORD", "first"],
    ]);
  });

  it("leaves the token out of the state", () => {
    const [provider] = all.filter(({ type }) => type === "pulumi:providers:github");
    assert.equal(provider?.inputs.owner, "packit-test");
    assert.ok(!JSON.stringify(all).includes("ghp_of-whoever-deploys"));
  });

  it("has its own provider make all of it", () => {
    const parts = all.filter(({ type }) => type.startsWith("github:"));
    assert.equal(parts.length, 6);
    assert.deepEqual(
      parts.filter(({ provider }) => !provider.includes("pulumi:providers:github::github")),
      [],
    );
  });

  it("tells nobody of events without a webhook", async () => {
    const { name, description, template } = ARGS;
    const few = await made({ name, description, template, labels: [], secrets: {} });
    assert.deepEqual(inputs(few, "RepositoryWebhook"), []);
    assert.equal(inputs(few, "Repository").length, 1);
  });
});
