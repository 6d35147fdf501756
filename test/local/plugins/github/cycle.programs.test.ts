import assert from "node:assert/strict";
import { join } from "node:path";

import { build } from "esbuild";

import { Hub } from "../../../../local/github-api/hub";
import { type GithubApi, startGithubApi } from "../../../../local/github-api/server";
import { projectRoot } from "../../../../tools/setup/project";
import { TestStack } from "../support/engine";

describe("the stand-in for the github plugin", function () {
  this.timeout(240_000);
  let api: GithubApi;
  let stack: TestStack;
  before(async () => {
    const hub = new Hub();
    hub.tokens.set("bot-token", "bot");
    hub.organizations.set("packit-test", new Set(["bot"]));
    hub.add("packit-test", "template", { isTemplate: true });
    api = await startGithubApi(hub);
    stack = new TestStack("dev-pr-614", "/nonexistent", {
      GITHUB_BASE_URL: `${api.url}/`,
      GITHUB_TOKEN: "bot-token",
    });
  });
  after(async () => {
    stack.close();
    await api.close();
  });

  const write = (program: string, baseUrl = `${api.url}/`) => {
    stack.write(
      `
      const repository = new github.Repository("repository", {
        name: "test-614",
        template: { owner: "packit-test", repository: "template" },
        ...more,
      }, opts());
      new github.RepositoryWebhook("hook", {
        repository: repository.name,
        events: ["issue_comment", "pull_request"],
        configuration: { url: "https://pr-614.example.org/api/webhooks/github", contentType: "json", secret: pulumi.secret(word) },
      }, opts());
      new github.IssueLabel("label", { repository: repository.name, name: "release: yes", color }, opts());
      new github.ActionsSecret("secret", { repository: repository.name, secretName: "WORD", value: word }, opts());
      exports.address = repository.htmlUrl;`,
      `
      const github = require("@pulumi/github");
      const provider = new github.Provider("local", { owner: "packit-test", token: pulumi.secret("bot-token"), baseUrl: "${baseUrl}" });
      const opts = () => ({ provider });
      let word = "first word", color = "00ff00", more = { hasWiki: false, topics: ["packit"] };
      ${program}`,
    );
  };
  const run = async (...args: string[]) => {
    const outcome = await stack.run(...args);
    assert.equal(outcome.code, 0, outcome.output);
    return outcome.output;
  };
  const made = () => {
    const repository = api.hub.find("packit-test", "test-614");
    assert.ok(repository !== undefined, "there is no repository");
    return repository;
  };

  it("makes a repository from a template, with its webhook, label and secret", async () => {
    write("");
    assert.match(await run("preview"), /\+ 6 to create/);
    assert.equal(api.hub.find("packit-test", "test-614"), undefined);
    assert.match(await run("up", "--yes", "--skip-preview"), /github\.com\/packit-test\/test-614/);
    const { template, topics, features, hooks, labels, secrets } = made();
    assert.deepEqual([template, topics, features.has_wiki], ["packit-test/template", ["packit"], false]);
    const [hook] = hooks.values();
    assert.deepEqual([hook?.secret, hook?.config.content_type], ["first word", "json"]);
    assert.equal(labels.get("release: yes")?.color, "00ff00");
    assert.equal(secrets.get("WORD"), "first word");
    assert.match(await run("preview"), /6 unchanged/);
    assert.ok(!JSON.stringify(await stack.run("stack", "export")).includes("first word"));
  });

  it("changes what is there in its place", async () => {
    const { id } = made();
    write(`word = "second word"; color = "ff0000"; more = { hasWiki: true, topics: ["packit"] };`);
    assert.match(await run("up", "--yes", "--skip-preview"), /~ 4 updated/);
    const { id: now, features, hooks, labels, secrets } = made();
    assert.deepEqual([now, features.has_wiki, hooks.size], [id, true, 1]);
    assert.deepEqual([[...hooks.values()][0]?.secret, secrets.get("WORD")], ["second word", "second word"]);
    assert.equal(labels.get("release: yes")?.color, "ff0000");
  });

  it("finds out what somebody else has changed or taken away", async () => {
    made().labels.clear();
    const [hook] = made().hooks.values();
    if (hook !== undefined) hook.events = ["push"];
    assert.match(await run("refresh", "--yes", "--skip-preview"), /- 1 deleted/);
    assert.match(await run("up", "--yes", "--skip-preview"), /\+ 1 created[^]*~ 1 updated/);
    assert.deepEqual([...made().hooks.values()][0]?.events, ["issue_comment", "pull_request"]);
  });

  it("refuses what it does not know, and GitHub itself", async () => {
    write(`more = { allowUpdateBranch: true };`);
    assert.match((await stack.run("preview")).output, /unknown property "allowUpdateBranch"/);
    write("", "https://api.github.com/");
    assert.match((await stack.run("preview")).output, /on this machine only/);
    write("");
  });

  it("deletes all of it", async () => {
    await run("destroy", "--yes", "--skip-preview");
    assert.equal(api.hub.find("packit-test", "test-614"), undefined);
    assert.equal(api.hub.repositories.size, 1);
  });

  it("takes the token from the environment, and the project's provider keeps it out of the state", async () => {
    await build({
      entryPoints: [join(projectRoot(), "components", "github", "provider.ts")],
      outfile: join(stack.folder, "provider.js"),
      bundle: true,
      platform: "node",
      external: ["@pulumi/*"],
    });
    stack.write(
      `new github.Repository("repository", { name: "test-615" }, { provider: githubProvider("own", "packit-test") });`,
      `const github = require("@pulumi/github"), { githubProvider } = require("./provider.js");`,
    );
    await run("up", "--yes", "--skip-preview");
    assert.ok(api.hub.find("packit-test", "test-615") !== undefined);
    assert.match(await run("preview"), /3 unchanged/);
    const state = await run("stack", "export", "--show-secrets");
    assert.match(state, /test-615/);
    assert.ok(!state.includes("bot-token"));
    await run("destroy", "--yes", "--skip-preview");
    assert.equal(api.hub.find("packit-test", "test-615"), undefined);
  });
});
