import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

describe("the built language host's launcher", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    mkdirSync(join(folder, "bin"));
    copyFileSync(join(__dirname, "../../tools/launchers/pulumi-language-nodejs"), launcher());
    chmodSync(launcher(), 0o755);
    write("libexec/pulumi-language-nodejs", '#!/bin/sh\nfor argument in "$@"; do echo "<$argument>"; done\n');
    chmodSync(join(folder, "libexec/pulumi-language-nodejs"), 0o755);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function launcher(): string {
    return join(folder, "bin", "pulumi-language-nodejs");
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function argumentsIn(path: string): string[] {
    return execFileSync(launcher(), ["127.0.0.1:1"], { cwd: join(folder, path), encoding: "utf8" })
      .trimEnd()
      .split("\n");
  }

  it("hands on the Node.js arguments of the project that it is started in", () => {
    write(
      "project/Pulumi.yaml",
      "runtime:\n  options:\n    typescript: false\n    nodeargs: --require some/start\n",
    );
    write("project/stacks/start.cjs", "");
    const all = ["<-typescript=false>", "<-nodeargs=--require some/start>", "<127.0.0.1:1>"];
    assert.deepEqual(argumentsIn("project"), all);
    assert.deepEqual(argumentsIn("project/stacks"), all);
  });

  it("hands on none where a project names none", () => {
    write("project/Pulumi.yaml", "runtime: nodejs\n");
    assert.deepEqual(argumentsIn("project"), ["<-typescript=false>", "<-nodeargs=>", "<127.0.0.1:1>"]);
    assert.deepEqual(argumentsIn("bin"), argumentsIn("project"));
  });
});
