import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

describe("npx packit-stacks", () => {
  const folder = join(resolve(__dirname, "../.."), "docs");

  it("runs from any folder of a checkout, with results alone on standard output", () => {
    const help = spawnSync("npx", ["--no", "--", "packit-stacks", "--help"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(help.status, 0, help.stderr);
    assert.match(help.stdout, /^Usage: packit-stacks /);
  });

  it("ends as its command does", () => {
    const args = ["--no", "--", "packit-stacks", "preview", "no-such-stack"];
    const refused = spawnSync("npx", args, { cwd: folder, encoding: "utf8" });
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /^error: .*no-such-stack/m);
  });
});
