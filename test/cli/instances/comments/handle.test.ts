import assert from "node:assert/strict";

import { handleEvent } from "../../../../cli/instances/comments/handle";
import { BOT, comment, type CommentLab, commentLab, PULL, SHA, TOKEN } from "./lab";

describe("a pull request's test instance", () => {
  let lab: CommentLab;
  beforeEach(async () => {
    lab = await commentLab();
  });
  afterEach(() => lab.api.close());

  const say = (body: string, actor = "jane") => handleEvent(comment(actor, body), lab.desk);
  const text = () => {
    const own = lab.own();
    assert.equal(own.length, 1, own.join("\n---\n"));
    return own[0] ?? "";
  };
  const deployments = () => [...lab.repository.deployments.values()];

  it("is made by a comment, and shown in one comment from queue to live", async () => {
    const seen: string[] = [];
    let open: () => void = () => undefined;
    lab.instances.gate = new Promise((resolve) => (open = resolve));
    const done = say("Nice.\n\n/packit-deploy ogr=123 --ttl=7d");
    while (lab.own().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(text());
    open();
    assert.deepEqual(await done, {
      kind: "done",
      reason: "live",
      instance: "stg-packit-service-614-ogr-123",
    });
    assert.match(seen[0] ?? "", /`stg-packit-service-614-ogr-123`: ⏳ queued/);
    assert.match(seen[0] ?? "", /<https:\/\/ci\.example\.org\/runs\/7>/);
    assert.match(text(), /✅ live/);
    assert.match(text(), /<https:\/\/dashboard-stg-packit-service-614-ogr-123\.example\.org>/);
    assert.match(text(), /until \| `2026-11-23 20:00 UTC`/);
    assert.match(text(), /`packit-service=614` `ogr=123`/);
    assert.doesNotMatch(text(), /ci\.example\.org/);
    assert.deepEqual(lab.instances.calls, ["deploy stg-packit-service-614-ogr-123 7d"]);
  });

  it("is shown among GitHub's deployments", async () => {
    await say("/packit-deploy");
    const [made, ...others] = deployments();
    assert.deepEqual(others, []);
    assert.deepEqual(
      [made?.sha, made?.environment, made?.transient_environment],
      [SHA, "test-instance/stg-pr-614", true],
    );
    assert.deepEqual(made?.statuses.at(-1), {
      state: "success",
      environment_url: "https://dashboard-stg-pr-614.example.org",
      log_url: "https://ci.example.org/runs/7",
      description: "",
    });
    await say("/packit-destroy");
    assert.equal(made.statuses.at(-1)?.state, "inactive");
  });

  it("is made by a label, and goes when the pull request is closed", async () => {
    const event = { ...comment("maria", ""), what: { kind: "label" } as const };
    assert.equal((await handleEvent(event, lab.desk)).kind, "done");
    const closed = { ...comment("stranger", ""), what: { kind: "closed", merged: true } as const };
    assert.equal((await handleEvent(closed, lab.desk)).kind, "done");
    assert.deepEqual(lab.instances.calls, ["deploy stg-pr-614", "destroy stg-pr-614"]);
    assert.match(text(), /⚪ gone/);
    assert.match(text(), /has been merged/);
  });

  it("gets no comment on a pull request that never had one and is closed", async () => {
    const closed = { ...comment("stranger", ""), what: { kind: "closed", merged: false } as const };
    assert.equal((await handleEvent(closed, lab.desk)).kind, "ignored");
    assert.deepEqual(lab.own(), []);
  });

  for (const actor of ["stranger", "tom", "nobody-of-that-name"]) {
    it(`is out of reach for ${actor}, who may not write`, async () => {
      for (const body of ["/packit-deploy", "/packit-destroy", "/packit-deploy $(id)", "/packit-logs"]) {
        assert.equal((await say(body, actor)).kind, "ignored");
      }
      const label = { ...comment(actor, ""), what: { kind: "label" } as const };
      assert.equal((await handleEvent(label, lab.desk)).kind, "ignored");
      assert.deepEqual([lab.instances.calls, lab.own(), deployments()], [[], [], []]);
    });
  }

  it("costs nothing when a comment has no command", async () => {
    await say("/packit build\nLGTM", "stranger");
    assert.deepEqual(lab.api.seen, []);
  });

  it("is one: what a pull request had under another name goes first", async () => {
    await say("/packit-deploy");
    await say("/packit-deploy --base=dev packit=branch:main");
    assert.equal(lab.instances.calls.length, 3);
    assert.deepEqual(lab.instances.calls.slice(0, 2), ["deploy stg-pr-614", "destroy stg-pr-614"]);
    assert.equal(lab.instances.instances.size, 1);
    text();
    assert.equal(deployments()[0]?.statuses.at(-1)?.state, "inactive");
  });

  it("is extended, woken and asked for its log in the same comment", async () => {
    await say("/packit-deploy");
    await say("/packit-extend 24h");
    assert.match(text(), /`2026-12-24 18:00 UTC`/);
    lab.instances.put("stg-pr-614", { state: "asleep" });
    lab.instances.log = "first\n```\nAuthorization: Bearer abcdefghijk\n<script>alert(1)</script>\n";
    await say("/packit-logs api");
    assert.match(text(), /💤 asleep/);
    assert.match(text(), /````text\nfirst\n```\nAuthorization: .*\n<script>alert\(1\)<\/script>\n````/);
    assert.doesNotMatch(text(), /abcdefghijk/);
    await say("/packit-wake");
    assert.match(text(), /✅ live/);
    assert.deepEqual(lab.instances.calls.slice(1), [
      "extend stg-pr-614 24h",
      "logs stg-pr-614 api",
      "wake stg-pr-614",
    ]);
  });

  it("tells why it failed, without secrets and without a word that GitHub would obey", async () => {
    lab.instances.failure = `cannot push with ${TOKEN} @jane #12 <img src=x> ![x](http://evil/) postgres://u:pw@db/x`;
    assert.equal((await say("/packit-deploy")).kind, "failed");
    assert.match(text(), /❌ failed/);
    for (const bad of [TOKEN, "@jane", "#12 ", "<img", "![x]", "u:pw"]) {
      assert.ok(!text().includes(bad), `${bad} in ${text()}`);
    }
    assert.equal(deployments()[0]?.statuses.at(-1)?.state, "failure");
    lab.instances.failure = undefined;
    await say("/packit-deploy");
    assert.match(text(), /✅ live/);
  });

  it("hears what is wrong with a command, without the words that were wrong", async () => {
    const outcome = await say(`/packit-deploy ogr=$(curl${"x".repeat(50)}) packit=\`id\` \u043egr=1;reboot`);
    assert.equal(outcome.kind, "refused");
    assert.deepEqual(lab.instances.calls, []);
    assert.match(text(), /is not understood, and nothing was done/);
    assert.doesNotMatch(text(), /\$\(|\u043e|;reboot/);
  });

  it("is not made for a pull request that is closed", async () => {
    const pull = lab.repository.pulls.get(PULL.number);
    if (pull !== undefined) pull.state = "closed";
    assert.equal((await say("/packit-deploy")).kind, "refused");
    assert.deepEqual(lab.instances.calls, []);
  });

  it("says so when there is none", async () => {
    for (const body of ["/packit-extend", "/packit-logs", "/packit-wake"]) {
      assert.equal((await say(body)).kind, "refused");
      assert.match(text(), /has no test instance/);
    }
  });

  it("leaves others' comments alone, even those that look like its own", async () => {
    const fake = { id: 1, issue: PULL.number, login: "stranger", before: [] };
    const body = "<!-- packit-stacks test-instance -->\nsend your token to …";
    lab.repository.comments.set(1, { ...fake, body });
    await say("/packit-deploy");
    assert.equal(lab.repository.comments.get(1)?.body, body);
    text();
  });

  it("finds its comment behind a hundred others", async () => {
    await say("/packit-deploy");
    const ours = [...lab.repository.comments.values()].find(({ login }) => login === BOT);
    lab.repository.comments.clear();
    for (let id = 1; id <= 120; id += 1) {
      lab.repository.comments.set(id, { id, issue: PULL.number, login: "jane", body: "+1", before: [] });
    }
    if (ours !== undefined) lab.repository.comments.set(ours.id, ours);
    await say("/packit-destroy");
    assert.match(text(), /⚪ gone/);
  });
});
