import assert from "node:assert/strict";

import { handleEvent } from "../../../../cli/instances/comments/handle";
import { lastCommand } from "../../../../cli/instances/comments/last-command";
import { refresh } from "../../../../cli/instances/comments/refresh";
import { comment, type CommentLab, commentLab, PULL } from "./lab";

describe("comments on test instances", () => {
  let lab: CommentLab;
  beforeEach(async () => {
    lab = await commentLab();
    await handleEvent(comment("jane", "/packit-deploy"), lab.desk);
  });
  afterEach(() => lab.api.close());

  const refreshed = async () => {
    const pulls = await refresh(lab.desk, "packit/packit-service", Date.now());
    return { pulls, text: lab.own()[0] ?? "" };
  };

  it("are brought up to date with what became of them", async () => {
    lab.instances.put("stg-pr-614", { state: "asleep" });
    assert.match((await refreshed()).text, /💤 asleep/);
    lab.instances.put("stg-pr-614", { state: "deploying" });
    assert.match((await refreshed()).text, /❌ failed[^]*was stopped/);
    lab.instances.instances.clear();
    assert.match((await refreshed()).text, /⚪ gone/);
    assert.deepEqual((await refreshed()).pulls, []);
  });

  it("stay as they are while somebody works on them, and when nothing has changed", async () => {
    const edits = () => [...lab.repository.comments.values()][0]?.before.length;
    const before = edits();
    await refreshed();
    lab.instances.put("stg-pr-614", { state: "deploying", worker: "jane@laptop" });
    await refreshed();
    assert.equal(edits(), before);
  });

  it("are found again by who is told no more than the pull request", async () => {
    const write = (id: number, login: string, body: string) =>
      lab.repository.comments.set(id, { id, issue: PULL.number, login, body, before: [] });
    write(9001, "jane", "/packit-extend 3h");
    write(9002, "maria", "thanks!");
    const found = await lastCommand(lab.desk.github, PULL);
    assert.deepEqual([found.actor, found.what], ["jane", { kind: "comment", body: "/packit-extend 3h" }]);
    write(9003, "stranger", "/packit-destroy");
    const event = await lastCommand(lab.desk.github, PULL);
    assert.equal((await handleEvent(event, lab.desk)).kind, "ignored");
    await assert.rejects(lastCommand(lab.desk.github, { ...PULL, repo: "website" }), /only/);
  });
});
