import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repositoryLeft } from "../../../../cli/instances/reap/left-repository";
import type { ProjectPaths } from "../../../../cli/paths";
import { Hub } from "../../../../local/github-api/hub";
import { type GithubApi, startGithubApi } from "../../../../local/github-api/server";
import { emptyProject } from "../../../support/project";

const SETTINGS = `config:
  packit:testInstances:
    repository:
      owner: packit-test
      template: packit-test/template
`;

describe("the repository that an instance may leave", () => {
  let paths: ProjectPaths;
  let hub: Hub;
  let api: GithubApi;
  before(async () => {
    paths = emptyProject();
    writeFileSync(join(paths.root, "Pulumi.dev.yaml"), SETTINGS);
    hub = new Hub();
    hub.tokens.set("token", "bot");
    hub.organizations.set("packit-test", new Set(["bot"]));
    api = await startGithubApi(hub);
  });
  after(async () => {
    await api.close();
    rmSync(paths.root, { recursive: true, force: true });
  });
  const left = (name: string, token = "token") =>
    repositoryLeft(paths, name, { GITHUB_TOKEN: token, GITHUB_API_URL: api.url });

  it("is named while it is there, and of no other instance", async () => {
    assert.deepEqual(await left("dev-pr-614"), []);
    hub.add("packit-test", "packit-dev-pr-614");
    assert.deepEqual(await left("dev-pr-614"), ["repository packit-test/packit-dev-pr-614"]);
    assert.deepEqual(await left("dev-pr-615"), []);
  });

  it("is looked for by the settings of the cluster's environment", async () => {
    hub.add("packit-test", "packit-prod-pr-614");
    assert.deepEqual(await left("prod-pr-614"), ["repository packit-test/packit-prod-pr-614"]);
    hub.add("packit-test", "packit-stg-pr-614");
    assert.deepEqual(await left("stg-pr-614"), []);
  });

  it("is not asked for without a token, and is told when GitHub does not say", async () => {
    assert.deepEqual(await left("dev-pr-614", ""), []);
    const [line = "", ...more] = await left("dev-pr-614", "of somebody else");
    assert.match(line, /^perhaps repository packit-test\/packit-dev-pr-614, as GitHub does not say \(.*\)$/);
    assert.deepEqual(more, []);
  });
});
