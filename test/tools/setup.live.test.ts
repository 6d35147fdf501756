import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { statSync, utimesSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../tools/setup/project";
import { readToolchain } from "../../tools/setup/toolchain";

const root = projectRoot();
const command = [join(root, "tools", "setup.mjs")];

describe("make setup", () => {
  before(() => {
    spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  });

  it("has nothing to do and to say when all is there", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
  });

  it("notes on the cache's folders that this clone uses them, also when there is nothing to do", () => {
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
    const { cached, pulumi, kubernetesBin } = readToolchain(root);
    assert.ok(cached.some((folder) => kubernetesBin.startsWith(folder)));
    assert.ok(
      pulumi.startsWith(readToolchain(root).cacheDir) === cached.some((one) => pulumi.startsWith(one)),
    );
    for (const folder of cached) utimesSync(folder, yesterday, yesterday);
    spawnSync(process.execPath, command, { cwd: root });
    for (const folder of cached) assert.ok(statSync(folder).mtimeMs > yesterday.getTime(), folder);
  });

  it("may be run several times at once", async () => {
    const runs = Array.from({ length: 4 }, () =>
      spawn(process.execPath, command, { cwd: root, stdio: "ignore" }),
    );
    const codes = await Promise.all(runs.map(async (child) => (await once(child, "exit"))[0] as number));
    assert.deepEqual(codes, [0, 0, 0, 0]);
  });

  it("records an engine that runs without a word of warning", () => {
    const { pulumi, pulumiHome, pulumiVersion } = readToolchain(root);
    const env = { ...process.env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout, stderr } = spawnSync(pulumi, ["plugin", "ls", "--json"], { encoding: "utf8", env });
    assert.equal(stderr, "");
    const names = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
    for (const name of ["kubernetes", "random", "tls"]) {
      assert.ok(names.includes(name), name);
    }
    assert.match(pulumiVersion, /^3\.220\./);
  });
});
