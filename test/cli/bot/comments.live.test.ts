import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { BotProcess } from "../../support/bot";
import { Checkout } from "../../support/checkout";
import { Forge, untilOf } from "../../support/forge";
import type { GitRepository } from "../../support/origins/git-repository";
import { origins } from "../../support/origins/origins";
import { watchingCommandLines } from "../../support/processes";
import { waitFor } from "../../support/sandbox";
import { tinyService } from "../instances/images/tiny-service";
import { commented, deliver, pullRequest, SECRET } from "./deliveries";

const TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";
const ACTIONS_TOKEN = "ghs_zyxwvutsrqponmlkjihgfedcba9876543210";
const STACK = "dev-pr-614";
const HOUR = 3_600_000;

/** One is deployed and does all that can be asked for, one comes in between, and one is served by GitHub Actions. */
const [FIRST, SECOND, THIRD] = [614, 615, 616] as const;

describe("comments on pull requests, from the webhook to a live instance and its end", function () {
  this.timeout(600_000);
  const from = origins();
  let forge: Forge;
  let code: GitRepository;
  let checkout: Checkout;
  let bot: BotProcess;
  let commandLines: ReadonlySet<string>;

  before(async () => {
    const { environment, registry } = from();
    forge = await Forge.start("packit-service", {
      [TOKEN]: "packit-bot",
      [ACTIONS_TOKEN]: "github-actions[bot]",
    });
    code = from().repository("packit-service");
    for (const number of [FIRST, SECOND, THIRD]) forge.pull(number, code.push(number, tinyService()));
    checkout = Checkout.make({ ...environment, GITHUB_API_URL: forge.api.url });
    checkout.addSettings("dev", "packit:testInstances:", `  builder: { registry: ${registry.address}/test }`);
    bot = await BotProcess.start(checkout, { secret: SECRET, token: TOKEN });
  });
  after(async () => {
    await bot.stop();
    await forge.close();
    await checkout.close();
  });

  const said = (number: number, what: RegExp) => forge.untilSaid(number, what, () => bot.output);
  const say = async (body: string, number: number = FIRST, login = "jane"): Promise<void> => {
    const { status } = await deliver(bot.url, commented(body, login, new Date(), number));
    assert.equal(status, 202, body);
  };
  const end = async (number: number): Promise<void> => {
    const event = pullRequest("closed", {}, "stranger", number);
    assert.equal((await deliver(bot.url, event, { event: "pull_request" })).status, 202);
  };
  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, output } = await checkout.stacks(...args);
    assert.equal(code, 0, output);
    return stdout;
  };
  /** Waits until a comment of somebody has been read that changes nothing. */
  const ignored = async (body: string): Promise<void> => {
    const before = bot.output.length;
    await say(body, FIRST, "stranger");
    const told = () => bot.output.slice(before);
    await waitFor(
      () => told().includes("ignored: stranger may not write to packit/packit-service"),
      told,
      60_000,
    );
  };

  it("of a stranger do nothing at all", async () => {
    await ignored("/packit-deploy --base=dev");
    assert.deepEqual(forge.texts(FIRST), []);
    assert.ok(!existsSync(checkout.kubeconfig));
    assert.ok(forge.api.seen.every(({ method }) => method === "GET"));
  });

  it("deploy what the pull request holds, and tell each step", async () => {
    const watched = await watchingCommandLines(async () => {
      await say("/packit-deploy --base=dev");
      return said(FIRST, /✅ live|❌ failed/);
    });
    ({ commandLines } = watched);
    assert.match(watched.result, /`dev-pr-614`: ✅ live/);
    assert.match(watched.result, /\| dashboard \| <https:\/\/dashboard-pr-614\.dev\.packit\.dev> \|/);
    assert.match(watched.result, /\| api \| <https:\/\/pr-614\.dev\.packit\.dev\/api> \|/);
    const states = forge.texts(FIRST).map((text) => /`: (\S+)/.exec(text)?.[1]);
    assert.deepEqual([...new Set(states)], ["⏳", "🔨", "🚀", "✅"]);
    assert.equal(await forge.untilState(STACK, "success"), "https://dashboard-pr-614.dev.packit.dev");
    assert.deepEqual(
      (await checkout.objectsOf(STACK, "namespaces")).map(({ metadata }) => metadata.name).sort(),
      ["packit-dev-pr-614", "packit-dev-pr-614-sandbox"],
    );
    const { address } = from().registry;
    const images = await checkout.imagesOf(STACK);
    for (const [workload, name] of Object.entries({ "packit-service": "service", "packit-worker": "worker" }))
      assert.match(
        images[workload] ?? "",
        new RegExp(`^${address}/test/packit-${name}@sha256:[0-9a-f]{64}$`),
      );
  });

  it("let it live longer, show what it has to say, and of strangers still nothing", async () => {
    await say("/packit-extend 7d");
    await forge.untilLives(FIRST, 7 * 24 * HOUR);
    await say("/packit-logs worker");
    const text = await said(FIRST, /last lines of worker|It has written nothing of worker|has failed/);
    assert.match(text, /✅ live[^]*(?:last lines|written nothing) of worker/);
    await ignored("/packit-destroy");
    assert.equal(forge.text(FIRST), text);
  });

  it("say that it sleeps once it does, and wake it", async () => {
    await run("sleep", STACK);
    const account = ["--token-file", bot.tokenFile];
    assert.equal(
      await run("on-event", "--refresh", "packit/packit-service", ...account),
      "packit/packit-service#614",
    );
    assert.match(forge.text(FIRST), /💤 asleep[^]*\/packit-wake/);
    await say("/packit-wake");
    await said(FIRST, /✅ live/);
    for (const { metadata, spec } of await checkout.objectsOf(STACK, "deployments,statefulsets"))
      assert.notEqual(spec.replicas, 0, metadata.name);
  });

  it("tell why a build has failed, and nothing is there", async () => {
    forge.pull(SECOND, code.push(SECOND, tinyService("FROM scratch\nCOPY nothing /nothing\n")));
    await say("/packit-deploy --base=dev", SECOND);
    const text = await said(SECOND, /✅ live|❌ failed/);
    assert.match(
      text,
      /`dev-pr-615`: ❌ failed[^]*packit-service:\S+ was not built: [^]*nothing[^]*Next: `\/packit-deploy`/,
    );
    await forge.untilState("dev-pr-615", "failure");
    assert.deepEqual(await checkout.objectsOf("dev-pr-615", "namespaces,leases"), []);
    forge.pull(SECOND, code.push(SECOND, tinyService()));
  });

  it("are served side by side on two pull requests, and one after another on the same", async () => {
    await Promise.all([say("/packit-deploy --base=dev", SECOND), say("/packit-deploy --base=dev --ttl=6h")]);
    await say("/packit-extend 9h", SECOND);
    await Promise.all([forge.untilLives(FIRST, 6 * HOUR), forge.untilLives(SECOND, 9 * HOUR)]);
    const lives = forge.texts(SECOND).filter((text) => text.includes("✅ live"));
    assert.equal(lives.length, 2);
    const [deployed = 0, extended = 0] = lives.map(untilOf);
    assert.ok(deployed - extended > 38 * HOUR, lives.join("\n"));
  });

  it("leave nothing when the pull requests are closed", async () => {
    await Promise.all([end(FIRST), end(SECOND)]);
    for (const number of [FIRST, SECOND]) {
      await said(number, /⚪ gone[^]*pull request has been closed/);
      const name = `dev-pr-${number}`;
      await forge.untilState(name, "inactive");
      assert.deepEqual(await checkout.objectsOf(name, "namespaces,leases"), []);
      assert.ok(!existsSync(join(checkout.root, `Pulumi.${name}.yaml`)));
    }
    assert.equal(await run("list", "--json"), "[]");
    assert.equal(await bot.stop(), 0);
  });

  it("are served by GitHub Actions the same way", async () => {
    const file = `${checkout.root}.event.json`;
    const variables = {
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "pull_request_target",
      GITHUB_EVENT_PATH: file,
      GITHUB_TOKEN: ACTIONS_TOKEN,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "packit/packit-service",
      GITHUB_RUN_ID: "7",
    };
    const happens = async (action: string, more: object): Promise<string> => {
      writeFileSync(file, JSON.stringify(pullRequest(action, more, "jane", THIRD)));
      const words = ["on-event", "--event", file, "--base=dev", "--json"];
      const { code, stdout, output } = await checkout.run("node", [checkout.program, ...words], variables);
      rmSync(file);
      assert.equal(code, 0, output);
      assert.ok(!output.includes(ACTIONS_TOKEN));
      return (JSON.parse(stdout) as { kind: string }).kind;
    };
    assert.equal(await happens("labeled", { label: { name: "deploy" } }), "done");
    assert.match(forge.text(THIRD), /`dev-pr-616`: ✅ live/);
    assert.match(
      forge.texts(THIRD)[0] ?? "",
      /<https:\/\/github\.com\/packit\/packit-service\/actions\/runs\/7>/,
    );
    assert.equal(await happens("closed", {}), "done");
    assert.match(forge.text(THIRD), /⚪ gone/);
    assert.equal(await run("list", "--json"), "[]");
  });

  it("tell nobody the secrets", async () => {
    const secrets = [TOKEN, ACTIONS_TOKEN, SECRET];
    assert.ok([...commandLines].some((line) => line.includes("deploy --base=dev")));
    const texts = [FIRST, SECOND, THIRD].flatMap((number) => forge.texts(number));
    const told = [bot.output, ...commandLines, ...texts];
    for (const secret of secrets) assert.ok(!told.some((text) => text.includes(secret)));
    assert.deepEqual(await checkout.filesWith(secrets), []);
  });
});
