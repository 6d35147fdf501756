import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Command, TestStack } from "../../support/engine";
import { live } from "../../support/live";
import { template } from "../../support/template";

/** The kubernetes plugins that the engine of `command` has started. */
function pluginsOf(command: Command): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => fileOf(pid, "cmdline").includes("pulumi-resource-kubernetes.js"))
    .filter((pid) => Number(/^PPid:\s+(\d+)$/m.exec(fileOf(pid, "status"))?.[1]) === command.child.pid);
}

function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  const status = fileOf(pid, "status");
  return status !== "" && !status.includes("State:\tZ");
}

describe("a plugin's life", () => {
  const test = live();

  const waiting = (name: string): string => `
    const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: "${test().namespace}" } }, opts()).metadata.name;
    const labels = { component: "web" };
    for (let i = 0; i < 20; i++) new k8s.core.v1.ConfigMap("config-" + i, { metadata: { name: "config-" + i, namespace }, data: { i: "" + i } }, opts());
    new k8s.apps.v1.Deployment("web", {
      metadata: { name: "web", namespace },
      spec: { selector: { matchLabels: labels }, template: ${template("labels", name === "" ? "" : `nodeSelector: { nowhere: "${name}" },`)} },
    }, opts());`;

  it("ends with its engine, also when that is killed", async () => {
    const { stack } = test();
    stack.write(waiting("x"));
    const command = stack.start("up", "--yes", "--skip-preview");
    await command.says("0 of 1 pods are ready");
    const plugins = pluginsOf(command);
    assert.equal(plugins.length, 1);
    command.child.kill("SIGKILL");
    const killed = Date.now();
    while (plugins.some((pid) => isRunning(pid)) && Date.now() - killed < 5_000) await sleep(20);
    assert.ok(!plugins.some((pid) => isRunning(pid)), "the plugin is still there");
    assert.ok(Date.now() - killed < 3_000);
  });

  it("leaves an update that the next one goes on with", async () => {
    const { stack, get } = test();
    await stack.run("cancel", "--yes");
    stack.write(waiting(""));
    await stack.up();
    assert.ok((await get("v1", "configmaps", "config-19")) !== undefined);
  });

  it("that is killed at any moment leaves an update that the next one goes on with", async () => {
    const { stack, namespace, get } = test();
    await stack.destroy();
    for (const [round, moment] of [60, 250, 600].entries()) {
      const command = stack.start("up", "--yes", "--skip-preview");
      await command.says("kubernetes:core/v1:ConfigMap");
      await sleep(moment);
      // First the plugin alone, then the engine.
      if (round === 0) for (const pid of pluginsOf(command)) process.kill(pid, "SIGKILL");
      else command.child.kill("SIGKILL");
      await command.ended;
      await stack.run("cancel", "--yes");
    }
    await stack.up();
    assert.match(await stack.up(), /24 unchanged/);
    await stack.destroy();
    assert.equal(await get("v1", "namespaces", namespace), undefined);
  });
});

describe("the provider's cluster", () => {
  const test = live();

  const config = `new k8s.core.v1.ConfigMap("config", { metadata: { name: "config" }, data: { a: "b" } }, opts());`;
  const provider = (settings: string): string =>
    `const provider = new k8s.Provider("cluster", ${settings}); const opts = (more) => ({ provider, ...more });`;

  it("may be given as text, with a context and a namespace", async () => {
    const { stack, api, namespace, get } = test();
    await api.create("/api/v1/namespaces", { metadata: { name: namespace } });
    const settings = `{
      kubeconfig: pulumi.secret(require("node:fs").readFileSync(settings.kubeconfig, "utf8")),
      context: "packit-local", namespace: "${namespace}",
    }`;
    stack.write(config, provider(settings));
    await stack.up();
    assert.ok((await get("v1", "configmaps", "config")) !== undefined);
    assert.match(await stack.up("--refresh"), /3 unchanged/);
    await stack.destroy();
  });

  it("that has no such context is refused with those that it has", async () => {
    const { stack } = test();
    stack.write(config, provider(`{ ...settings, context: "other" }`));
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0);
    assert.match(output, /kubeconfig .* has no context "other"; it has "packit-local"/);
  });

  describe("when it cannot be reached", () => {
    const silent = createServer();
    before((done) => {
      silent.listen(0, "127.0.0.1", done);
    });
    after(() => {
      silent.close();
    });

    const report = async (server: string, words: RegExp): Promise<void> => {
      const { stack } = test();
      const kubeconfig = JSON.stringify({
        "current-context": "gone",
        contexts: [{ name: "gone", context: { cluster: "gone" } }],
        clusters: [{ name: "gone", cluster: { server } }],
      });
      const many = `for (let i = 0; i < 20; i++) new k8s.core.v1.ConfigMap("config-" + i, { data: {} }, opts());`;
      stack.write(many, provider(`{ kubeconfig: ${JSON.stringify(kubeconfig)} }`));
      const { code, output, seconds } = await stack.preview();
      assert.notEqual(code, 0);
      assert.match(output, words);
      const told = output.slice(output.indexOf("Diagnostics:")).match(/cannot reach/g);
      assert.equal(told?.length, 1, output);
      // The engine's own start and the program's are no part of the ten seconds.
      assert.ok(seconds < 14, `${seconds} s`);
    };

    it("is reported once, with its address and the kubeconfig", async () => {
      const words =
        /cannot reach the Kubernetes API server https:\/\/127\.0\.0\.1:1 \(.*context "gone"\): .*ECONNREFUSED/;
      await report("https://127.0.0.1:1", words);
    });

    it("is reported within 10 s where it does not answer", async () => {
      const { port } = silent.address() as AddressInfo;
      await report(
        `https://127.0.0.1:${port}`,
        /cannot reach the Kubernetes API server .*: no answer in 8 s/,
      );
    });
  });

  it("is another one for another provider", async () => {
    const { kubeconfig, get, namespace } = test();
    const other = new TestStack("dev-pr-99", kubeconfig);
    try {
      other.write(
        `const here = new k8s.core.v1.ConfigMap("here", { metadata: { name: "here", namespace: "${namespace}" } }, opts());
         const gone = new k8s.Provider("gone", { kubeconfig: "/nonexistent" }, { dependsOn: here });
         new k8s.core.v1.ConfigMap("there", { metadata: { name: "there", namespace: "${namespace}" } }, { provider: gone });`,
      );
      const { output } = await other.run("up", "--yes", "--skip-preview");
      assert.match(output, /there is no kubeconfig at \/nonexistent; set the provider's "kubeconfig"/);
      assert.ok((await get("v1", "configmaps", "here")) !== undefined);
      assert.equal(await get("v1", "configmaps", "there"), undefined);
    } finally {
      other.close();
    }
  });
});
