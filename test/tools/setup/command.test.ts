import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { CommandFailed, findOnPath, run } from "../../../tools/setup/command";
import { findEngine } from "../../../tools/setup/engine";

describe("commands of set-up", () => {
  it("gives the output and tells each line of the error output", async () => {
    const lines: string[] = [];
    const output = await run("sh", ["-c", "echo out; echo one >&2; echo two >&2"], {
      onErrorLine: (line) => lines.push(line),
    });
    assert.equal(output, "out\n");
    assert.deepEqual(lines, ["one", "two"]);
  });

  it("shows the last lines of a command that fails", async () => {
    await assert.rejects(
      run("sh", ["-c", "echo no such module >&2; exit 3"]),
      /exit code 3:\nno such module/,
    );
  });

  it("ends a command that takes too long", async () => {
    await assert.rejects(run("sleep", ["60"], { timeoutMs: 50 }), /was ended by SIGKILL/);
  });

  it("says that a command is not there", async () => {
    await assert.rejects(run("no-such-command", []), CommandFailed);
  });
});

describe("pulumi on PATH", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "path-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const program = (name: string, text: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const path = (): string => [folder, "/usr/bin", "/bin"].join(delimiter);

  it("is used when it is of the pinned release and has its language host", async () => {
    program("pulumi", "echo v3.220.3");
    program("pulumi-language-nodejs", "");
    const { engine } = await findEngine(path());
    assert.deepEqual(engine, {
      pulumi: join(folder, "pulumi"),
      pulumiVersion: "3.220.3",
      pulumiSource: "path",
    });
  });

  it("is not used when it is of another version, and set-up says so", async () => {
    program("pulumi", "echo v3.250.0");
    const { engine, rejected } = await findEngine(path());
    assert.equal(engine, undefined);
    assert.match(rejected ?? "", /is 3\.250\.0, not 3\.220\.0/);
  });

  it("is not used without a language host", async () => {
    program("pulumi", "echo v3.220.0");
    assert.match((await findEngine(path())).rejected ?? "", /no pulumi-language-nodejs/);
  });

  it("is looked for among files that can be run only", () => {
    mkdirSync(join(folder, "pulumi"));
    assert.equal(findOnPath("pulumi", folder), undefined);
  });
});
