import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { InstanceView } from "../../../cli/instances/view";
import { Hub, type Repository } from "../../../local/github-api/hub";
import { Refusal } from "../../../local/github-api/route";
import { type GithubApi, startGithubApi } from "../../../local/github-api/server";
import { Checkout, type Outcome } from "../../support/checkout";

const STACK = "dev-pr-614";
const REPOSITORY = "packit-dev-pr-614";
const TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
const WORD = "a word for workflows alone";

describe("a test instance with a repository of its own", function () {
  this.timeout(600_000);
  let api: GithubApi;
  let checkout: Checkout;

  before(async () => {
    const hub = new Hub();
    hub.tokens.set(TOKEN, "packit-bot");
    hub.organizations.set("packit-test", new Set(["packit-bot"]));
    hub.add("packit-test", "template", { isTemplate: true });
    api = await startGithubApi(hub);
    checkout = Checkout.make({
      GITHUB_BASE_URL: `${api.url}/`,
      GITHUB_API_URL: api.url,
      GITHUB_TOKEN: TOKEN,
    });
    checkout.addSettings(
      "dev",
      "packit:testInstances:",
      "  repository: { owner: packit-test, template: packit-test/template, labels: [packit-build] }",
    );
  });
  after(async () => {
    await checkout.close();
    await api.close();
  });

  const deploy = (): Promise<Outcome> => {
    const images = ["service", "worker"].map(
      (image) => `--image=${image}=quay.io/packit/packit-${image}@sha256:${"1".repeat(64)}`,
    );
    return checkout.stacks(
      "deploy",
      "--base=dev",
      "packit-service=614",
      ...images,
      "--only=worker",
      "--json",
    );
  };
  const there = (): Repository | undefined => api.hub.find("packit-test", REPOSITORY);
  const known = async (): Promise<InstanceView | undefined> =>
    (JSON.parse((await checkout.stacks("list", "--json", "--details")).stdout) as InstanceView[])[0];

  /** Has the repository's workflows know a secret. */
  const setWord = async (): Promise<void> => {
    const file = join(checkout.root, ".local", "word");
    writeFileSync(file, WORD, { mode: 0o600 });
    const set = await checkout.stacks("secrets", "set", STACK, "repository.WORD", "--file", file);
    rmSync(file);
    assert.equal(set.code, 0, set.output);
    assert.doesNotMatch(set.output, /has no use/);
  };
  const isGone = async (): Promise<void> => {
    assert.equal(there(), undefined);
    assert.equal(await known(), undefined);
    assert.deepEqual(await checkout.objectsOf(STACK, "namespaces,leases"), []);
  };

  it("says plainly what GitHub refuses, and gets through the next time", async () => {
    api.hub.trouble = (method, path) =>
      method === "POST" && path.endsWith("/hooks") ? new Refusal(500, "Server Error") : undefined;
    const { code, stdout, stderr } = await deploy();
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /error: GitHub: Server Error \(POST \/repos\/packit-test\/packit-dev-pr-614\/hooks\)$/m,
    );
    assert.doesNotMatch(stderr, /^ +at /m);
    const { id } = there() ?? assert.fail("no repository was made before the failure");
    const { state, reason = "" } = (await known()) ?? assert.fail("nothing is known of it");
    assert.equal(state, "failed");
    assert.match(reason, /Server Error/);
    api.hub.trouble = undefined;
    await setWord();
    const again = await deploy();
    assert.equal(again.code, 0, again.output);
    assert.equal(there()?.id, id);
    assert.equal((await known())?.state, "live");
  });

  it("has its webhook, labels and secrets there", async () => {
    const { hooks, labels, secrets, template } = there() ?? assert.fail("no repository");
    const [hook, ...others] = [...hooks.values()];
    assert.ok(hook !== undefined);
    assert.deepEqual([template, others.length], ["packit-test/template", 0]);
    assert.equal(hook.config.url, "https://pr-614.dev.packit.dev/api/webhooks/github");
    assert.deepEqual([...labels.keys()], ["packit-build"]);
    assert.deepEqual([...secrets], [["WORD", WORD]]);
    // The instance checks signatures by the secret that GitHub makes them with.
    const signs = hook.secret ?? assert.fail("deliveries are not signed");
    const configs = await checkout.objectsOf(STACK, "secrets");
    const data = configs.find(({ metadata }) => metadata.name === "packit-config")?.data as object;
    const texts = Object.values(data).map((text) => Buffer.from(String(text), "base64").toString());
    assert.ok(texts.some((text) => text.includes(signs)));
    assert.deepEqual(await checkout.filesWith([TOKEN, WORD, signs]), []);
  });

  it("is there as before when GitHub does not let it go, and the repository is named", async () => {
    const token = await checkout.run("node", [checkout.program, "destroy", STACK], { GITHUB_TOKEN: "" });
    assert.equal(token.code, 1);
    assert.match(token.stderr, /GITHUB_TOKEN: is not set/);
    assert.equal((await known())?.state, "live");
    api.hub.trouble = (method) =>
      method === "DELETE" ? new Refusal(403, "Must have admin rights") : undefined;
    const { code, stderr } = await checkout.stacks("destroy", STACK);
    api.hub.trouble = undefined;
    assert.equal(code, 1);
    assert.match(stderr, /error: the engine did not get through destroy/);
    assert.match(stderr, /GitHub: Must have admin rights \(DELETE \/repos\/packit-test\/packit-dev-pr-614\//);
    assert.ok(there() !== undefined);
  });

  it("goes with its repository", async () => {
    const { code, output } = await checkout.stacks("destroy", STACK);
    assert.equal(code, 0, output);
    await isGone();
  });
});
