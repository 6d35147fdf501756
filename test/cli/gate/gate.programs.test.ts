import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CASES } from "../../policy/gate/cases";
import { document, urnOf } from "../../policy/gate/steps";
import { ROOT } from "../../support/pages";

/** Runs a command and says what it took: exit code and peak of memory in MiB, after its output. */
const MEASURED = `
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:], stdin=open(sys.argv[1], "rb")).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, flush=True)
`;

describe("packit-stacks gate on previews from elsewhere", function () {
  this.timeout(120_000);
  const unsafe = CASES["state/delete"]?.unsafe ?? [];
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-gate-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** As on a machine that has the packages, and neither engine, login nor state. */
  function gate(text: string, ...args: readonly string[]) {
    const input = join(folder, "preview.json");
    writeFileSync(input, text);
    const command = [process.execPath, join(ROOT, "bin", "packit-stacks.mjs"), "gate", "prod", ...args];
    const { stdout, stderr } = spawnSync("python3", ["-c", MEASURED, input, ...command], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", HOME: folder },
    });
    const [, output = "", code, memory] = /^([\s\S]*?)(\d+) (\d+)\n$/.exec(stdout) ?? [];
    return { code: Number(code), memory: Number(memory), output, stderr };
  }

  it("tells safe from unsafe by its exit code, from standard input, with nothing set up", () => {
    assert.equal(gate(document(CASES["state/delete"]?.safe ?? []), "--preview", "-").code, 0);
    const { code, output } = gate(document(unsafe), "--preview", "-");
    assert.equal(code, 1);
    assert.match(output, /\[state\/delete\]/);
  });

  it("reads a file, and lets pass what is approved with a reason", () => {
    const file = join(folder, "kept.json");
    writeFileSync(file, document(unsafe));
    const approve = ["--preview", file, "--approve", `state/delete=${unsafe.map(urnOf).join()}`];
    const unreasoned = gate("", ...approve);
    assert.equal(unreasoned.code, 2);
    assert.match(unreasoned.stderr, /needs a reason/);
    const approved = gate("", ...approve, "--reason", "moved elsewhere", "--markdown");
    assert.equal(approved.code, 0);
    assert.match(approved.output, /moved elsewhere/);
  });

  for (const [what, text] of [
    ["nothing", ""],
    ["a part", document(unsafe).slice(0, -20)],
    ["50 MB", `{"steps":[${'"a",'.repeat(12_500_000)}1]}`],
    ["lists within lists", "[".repeat(30_000_000)],
    ["millions of objects", `[${"{},".repeat(9_000_000)}{}]`],
  ] as const) {
    it(`answers ${what} with exit code 2 and one line, in bounded memory`, () => {
      const { code, memory, output, stderr } = gate(text, "--preview", "-");
      assert.equal(code, 2);
      assert.equal(output, "");
      assert.match(stderr, /^error: standard input cannot be judged: [^\n]+\n$/);
      assert.ok(memory > 20 && memory < 300, `${memory} MiB`);
    });
  }

  it("says plainly that a file is not there", () => {
    const { code, stderr } = gate("", "--preview", join(folder, "missing.json"));
    assert.equal(code, 2);
    assert.match(stderr, /^error: .*missing\.json: there is no such file/);
  });
});
