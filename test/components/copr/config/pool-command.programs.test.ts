import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import fc from "fast-check";

import { commandLine } from "../../../../components/copr/config/pool-command";

const run = (argv: readonly [string, ...string[]], timeout: number) =>
  spawnSync("/bin/sh", ["-c", commandLine({ argv, timeout })], { encoding: "utf8" });

describe("commands of a pool, as resalloc's shell reads them", () => {
  before(function () {
    // Elsewhere the program is not where the images have it.
    if (process.platform !== "linux") this.skip();
  });

  it("get every argument as it is", () => {
    const word = fc.string({ unit: "grapheme" }).filter((text) => !/[\0\r\n]/.test(text));
    const awkward = ["", "a b", "it's", '"', "$HOME", "`id`", "*", "~", "\\", ";", "#x", "!", "-n"];
    const words = [...awkward, ...fc.sample(word, 50)];
    const { status, stdout } = run(["/usr/bin/printf", String.raw`%s\0`, ...words], 10);
    assert.equal(status, 0);
    assert.deepEqual(stdout.split("\0").slice(0, -1), words);
  });

  it("are told to stop when they hang", () => {
    const begin = Date.now();
    assert.equal(run(["/bin/sleep", "30"], 1).status, 124);
    assert.ok(Date.now() - begin < 15_000);
  });

  it("may clean up when they are told to stop", () => {
    const { stdout } = run(["/bin/bash", "-c", "trap 'echo terminated' EXIT; sleep 30"], 1);
    assert.equal(stdout, "terminated\n");
  });
});
