import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

describe("what a program's Node.js loads first", () => {
  const root = join(__dirname, "..", "..", "..");
  const { runtime } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8"));

  /** What a program like the SDK's own prints. */
  function run(script: string, folder: string, env: Readonly<Record<string, string>> = {}): string {
    const args = [...runtime.options.nodeargs.split(" "), "--print", script];
    const cwd = join(root, folder);
    return execFileSync(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      encoding: "utf8",
    }).trim();
  }

  const LOADED = 'Object.keys(require.cache).filter((file) => file.includes("/stacks/start/")).length > 0';
  const CALL_SITES = 'require("@pulumi/pulumi").Resource.callsites().length > 0';

  it("is found from any folder of the project", () => {
    for (const folder of [".", "stacks", "stacks/settings"]) assert.equal(run(LOADED, folder), "true");
  });

  it("is turned off by the SDK's own switch for those who look into it", () => {
    assert.equal(run(CALL_SITES, "."), "false");
    assert.equal(run(CALL_SITES, ".", { PULUMI_DEBUG_PROMISE_LEAKS: "1" }), "true");
  });
});
