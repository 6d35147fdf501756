import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { localFolder, projectRoot } from "../../tools/setup/project";
import { findToolchain } from "../../tools/setup/toolchain";

const ROOT = projectRoot();
const PACK = join(ROOT, "policy");

/** A program whose objects are components of the cluster's types: the engine asks no plugin to make them. */
const PROGRAM = `
require("tsx/cjs");
const { ComponentResource, getStack } = require("@pulumi/pulumi");
const { Namespace } = require("@pulumi/kubernetes/core/v1/namespace");
const { installGuard } = require(${JSON.stringify(join(PACK, "guard.ts"))});
const { parseStackName } = require(${JSON.stringify(join(ROOT, "stacks/settings/names.ts"))});
const labels = {
  "app.kubernetes.io/instance": getStack(),
  "app.kubernetes.io/part-of": "packit",
  "app.kubernetes.io/managed-by": "pulumi",
  "pod-security.kubernetes.io/enforce": "restricted",
};
const inputs = (name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
if (process.env.GUARDED) {
  installGuard(parseStackName(getStack()));
  new Namespace("data", inputs("data"));
}
new ComponentResource("kubernetes:core/v1:Namespace", "web", inputs("web"), {
  protect: process.env.PROTECT === "true",
});
`;

describe("the policy in the engine", function () {
  this.timeout(120_000);
  const toolchain = findToolchain(ROOT);
  let folder = "";

  before(function () {
    if (toolchain === undefined) {
      if (process.env.CI === "true") throw new Error("the engine is missing: run `make setup`");
      this.skip();
    }
    // Inside the checkout, so that the program finds the project's packages; it has none of its own.
    mkdirSync(localFolder(ROOT), { recursive: true });
    folder = mkdtempSync(join(localFolder(ROOT), "policy-test-"));
    const runtime = { name: "nodejs", options: { typescript: false } };
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      JSON.stringify({ name: "packit", main: "start.cjs", runtime }),
    );
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "packit-test", private: true }));
    writeFileSync(join(folder, "start.cjs"), PROGRAM);
  });
  after(() => {
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  function preview(stack: string, args: readonly string[], env: Record<string, string>) {
    const state = join(folder, "state");
    mkdirSync(state, { recursive: true });
    const options = {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        ...env,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: pathToFileURL(state).href,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PATH: [dirname(toolchain?.pulumi ?? ""), process.env.PATH ?? ""].join(delimiter),
      },
    } as const;
    spawnSync("pulumi", ["stack", "select", "--create", stack], options);
    return spawnSync("pulumi", ["preview", "--stack", stack, ...args], options);
  }

  it("runs the pack with the project's own packages, and stops what it refuses", () => {
    const { status, stdout } = preview("stg", ["--policy-pack", PACK], {});
    assert.match(stdout, /\[mandatory\] {2}state {2}\(kubernetes:core\/v1:Namespace: web\)/);
    assert.match(
      stdout,
      /it holds data and is not protected \[state\/protected\]\n +why: .*\n +fix: set protect/,
    );
    assert.notEqual(status, 0);
  });

  it("lets pass what obeys, and what a rule is not about", () => {
    const args = ["--policy-pack", PACK];
    const passed = preview("stg", args, { PROTECT: "true" });
    assert.equal(passed.status, 0, passed.stdout);
    assert.equal(preview("dev", args, {}).status, 0);
  });

  it("refuses in the program when nobody names the pack", () => {
    const { status, stdout } = preview("stg", [], { GUARDED: "1" });
    assert.match(stdout, /error: The policy refuses stack stg: 1 finding/);
    assert.match(stdout, /Namespace\/data: it holds data and is not protected \[state\/protected\]/);
    assert.doesNotMatch(stdout, /unhandled exception/);
    assert.notEqual(status, 0);
  });
});
