import assert from "node:assert/strict";
import { connect } from "node:net";

import { type Bot, MAX_BODY, startBot } from "../../../cli/bot/server";
import type { PullRequestEvent } from "../../../cli/instances/comments/event";
import { handleEvent } from "../../../cli/instances/comments/handle";
import { type CommentLab, commentLab } from "../instances/comments/lab";
import { commented, deliver, pullRequest, SECRET } from "./deliveries";

describe("the webhook server", () => {
  let bot: Bot;
  let events: PullRequestEvent[];
  let log: string[];
  let act: (event: PullRequestEvent) => Promise<void>;
  beforeEach(async () => {
    [events, log] = [[], []];
    act = () => Promise.resolve();
    bot = await startBot({
      host: "127.0.0.1",
      port: 0,
      secret: SECRET,
      owner: "packit",
      act: (event) => {
        events.push(event);
        return act(event);
      },
      log: (line) => log.push(line),
    });
  });
  afterEach(() => bot.stop());

  const status = async (...args: [payload: unknown, more?: Parameters<typeof deliver>[2]]) =>
    (await deliver(bot.url, ...args)).status;

  it("takes what GitHub has signed", async () => {
    assert.equal(await status(commented("/packit-deploy")), 202);
    const label = pullRequest("labeled", { label: { name: "deploy" } });
    assert.equal(await status(label, { event: "pull_request" }), 202);
    assert.equal(await status(pullRequest("closed", {}), { event: "pull_request" }), 202);
    assert.deepEqual(
      events.map(({ what }) => what.kind),
      ["comment", "label", "closed"],
    );
  });

  it("refuses what it has not signed", async () => {
    const payload = commented("/packit-deploy");
    for (const signature of ["", "sha256=", `sha256=${"0".repeat(64)}`, "sha1=00"]) {
      assert.equal(await status(payload, { headers: { "x-hub-signature-256": signature } }), 401, signature);
    }
    assert.equal(await status(payload, { secret: "another secret word" }), 401);
    assert.deepEqual(events, []);
  });

  it("refuses the same delivery twice, under another number too, and an old one", async () => {
    const payload = commented("/packit-deploy");
    const headers = { "x-github-delivery": "1b2c" };
    assert.equal(await status(payload, { headers }), 202);
    assert.equal(await status(payload, { headers }), 409);
    assert.equal(await status(payload, { headers: { "x-github-delivery": "3d4e" } }), 409);
    assert.equal(await status(commented("/packit-wake"), { headers }), 409);
    assert.equal(await status(commented("/packit-deploy", "jane", new Date(Date.now() - 3_600_000))), 409);
    assert.equal(events.length, 1);
  });

  it("reads no more than it must", async () => {
    assert.equal(await status("x".repeat(MAX_BODY + 1)), 413);
    assert.match(await rawly(bot.url, MAX_BODY + 10), /^HTTP\/1\.1 413 /);
    assert.deepEqual(events, []);
  });

  it("has nothing to do with the rest", async () => {
    const other = { ...commented("/packit-deploy"), repository: { name: "x", owner: { login: "packit" } } };
    const foreign = { ...commented("/packit-deploy"), repository: { name: "ogr", owner: { login: "evil" } } };
    const robot = { ...commented("/packit-deploy"), sender: { login: "jane", type: "Bot" } };
    const issue = { ...commented("/packit-deploy"), issue: { number: 614 } };
    const edited = { ...commented("/packit-deploy"), action: "edited" };
    for (const payload of [commented("LGTM"), other, foreign, robot, issue, edited, {}, null]) {
      assert.equal(await status(payload), 200, JSON.stringify(payload));
    }
    assert.equal(await status(commented("/packit-deploy"), { event: "push" }), 200);
    assert.equal(await status("no JSON"), 400);
    assert.equal((await fetch(`${bot.url}/etc/passwd`)).status, 404);
    assert.equal((await fetch(bot.url)).status, 405);
    assert.equal((await fetch(`${bot.url}/healthz`)).status, 200);
    assert.deepEqual(events, []);
  });

  it("lets nobody ask too often", async () => {
    const answers = [];
    for (let i = 0; i < 11; i += 1) answers.push(await status(commented(`/packit-extend ${i + 1}h`)));
    assert.deepEqual(answers, [...Array<number>(10).fill(202), 429]);
    assert.equal(await status(commented("/packit-extend", "maria")), 202);
  });

  it("acts upon one pull request's events one after another", async () => {
    let [running, most] = [0, 0];
    act = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
    };
    await Promise.all(["1h", "2h", "3h"].map((ttl) => status(commented(`/packit-extend ${ttl}`))));
    await bot.stop();
    assert.deepEqual([events.length, most, running], [3, 1, 0]);
  });

  it("finishes what is at work before it stops, and takes nothing new", async () => {
    let finish: () => void = () => undefined;
    act = () => new Promise((resolve) => (finish = resolve));
    await status(commented("/packit-deploy"));
    let stopped = false;
    const stop = bot.stop().then(() => (stopped = true));
    await assert.rejects(status(commented("/packit-destroy")));
    assert.equal(stopped, false);
    finish();
    await stop;
    assert.equal(events.length, 1);
  });

  it("goes on after work that fails, and logs no secret", async () => {
    act = () => Promise.reject(new Error("no cluster"));
    assert.equal(await status(commented("/packit-deploy")), 202);
    assert.equal(await status(commented("/packit-wake")), 202);
    await bot.stop();
    assert.equal(log.filter((line) => line.includes("no cluster")).length, 2);
    assert.ok(!log.join("\n").includes(SECRET));
  });
});

describe("a comment on GitHub", () => {
  let lab: CommentLab;
  let bot: Bot;
  before(async () => {
    lab = await commentLab();
    const act = async (event: PullRequestEvent) => {
      await handleEvent(event, lab.desk);
    };
    bot = await startBot({
      host: "127.0.0.1",
      port: 0,
      secret: SECRET,
      owner: "packit",
      act,
      log: () => undefined,
    });
  });
  after(() => lab.api.close());

  it("reaches its instance when somebody of the repository wrote it, and nobody else's does", async () => {
    await deliver(bot.url, commented("/packit-deploy", "stranger"));
    await deliver(bot.url, commented("/packit-deploy ogr=$(reboot);id"));
    await deliver(bot.url, commented("/packit-deploy ogr=123"));
    await deliver(bot.url, commented("/packit-destroy", "tom"));
    await bot.stop();
    assert.deepEqual(lab.instances.calls, ["deploy stg-packit-service-614-ogr-123"]);
    assert.equal(lab.own().length, 1);
    assert.match(lab.own()[0] ?? "", /✅ live/);
  });
});

/** Sends a long delivery without saying beforehand how long it is. */
function rawly(url: string, length: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let answer = "";
    const socket = connect(Number(port), hostname, () => {
      socket.write("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      socket.write(`${length.toString(16)}\r\n${"x".repeat(length)}\r\n`);
    });
    socket.on("data", (chunk) => {
      answer += String(chunk);
      socket.destroy();
    });
    socket.on("close", () => {
      resolve(answer);
    });
    socket.on("error", (error) => {
      if (answer === "") reject(error);
    });
  });
}
