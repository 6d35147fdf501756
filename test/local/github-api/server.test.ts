import assert from "node:assert/strict";

import { Hub } from "../../../local/github-api/hub";
import { type GithubApi, startGithubApi } from "../../../local/github-api/server";

describe("the local GitHub API", () => {
  let api: GithubApi;
  before(async () => {
    const hub = new Hub();
    hub.tokens.set("owner-token", "owner");
    hub.tokens.set("stranger-token", "stranger");
    hub.organizations.set("packit", new Set(["owner"]));
    const ogr = hub.add("packit", "ogr");
    ogr.pulls.set(7, { number: 7, state: "open", sha: "a".repeat(40), login: "jane", head: "jane/ogr" });
    hub.add("packit", "secret", { visibility: "private" });
    api = await startGithubApi(hub);
  });
  after(() => api.close());

  const ask = async (method: string, path: string, body?: object, token = "owner-token") => {
    const answer = await fetch(api.url + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      link: answer.headers.get("link"),
      body: text === "" ? {} : JSON.parse(text),
    };
  };

  it("knows callers by their tokens alone", async () => {
    assert.equal((await ask("GET", "/user", undefined, "made-up")).status, 401);
    assert.equal((await ask("GET", "/user")).body.login, "owner");
  });

  it("shows nobody what is not theirs to see, and lets nobody do what they may not", async () => {
    assert.equal((await ask("GET", "/repos/packit/secret", undefined, "stranger-token")).status, 404);
    assert.equal((await ask("GET", "/repos/packit/ogr", undefined, "stranger-token")).status, 200);
    assert.equal((await ask("DELETE", "/repos/packit/ogr", undefined, "stranger-token")).status, 403);
    assert.equal((await ask("GET", "/repos/packit/ogr/hooks", undefined, "stranger-token")).status, 403);
    assert.equal((await ask("POST", "/orgs/packit/repos", { name: "x" }, "stranger-token")).status, 403);
  });

  it("refuses fields that it does not know, and paths", async () => {
    const label = await ask("POST", "/repos/packit/ogr/labels", { name: "x", colour: "ff0000" });
    assert.equal(label.status, 422);
    assert.match(label.body.message, /colour/);
    assert.equal((await ask("GET", "/repos/packit/ogr/traffic")).status, 404);
  });

  it("says what somebody may do", async () => {
    const of = async (login: string) =>
      (await ask("GET", `/repos/packit/ogr/collaborators/${login}/permission`)).body.permission;
    assert.equal(await of("owner"), "admin");
    assert.equal(await of("stranger"), "read");
    assert.equal(await of("nobody-of-that-name"), undefined);
  });

  it("gives lists page by page", async () => {
    for (let i = 0; i < 3; i += 1) {
      await ask("POST", "/repos/packit/ogr/issues/7/comments", { body: `comment ${i}` });
    }
    const first = await ask("GET", "/repos/packit/ogr/issues/7/comments?per_page=2");
    assert.equal(first.body.length, 2);
    const next = /<(.*)>; rel="next"/.exec(first.link ?? "")?.[1] ?? "";
    const second = await ask("GET", next.slice(api.url.length));
    assert.deepEqual([second.body.length, second.link], [1, null]);
  });
});
