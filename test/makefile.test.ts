import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "./support/pages";

describe("make -s env", () => {
  it("prints variables only, whatever the set-up has to say, as a shell runs all of it", () => {
    const folder = mkdtempSync(join(tmpdir(), "packit-make-"));
    try {
      const node = '#!/bin/sh\ncase "$1" in tools/*) echo "installing" ;; *) echo "export A=1" ;; esac\n';
      writeFileSync(join(folder, "node"), node, { mode: 0o755 });
      const { stdout, stderr } = spawnSync("make", ["-s", "env"], {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, MAKEFLAGS: "", PATH: `${folder}:${process.env.PATH ?? ""}` },
      });
      assert.equal(stdout, "export A=1\n");
      assert.equal(stderr, "installing\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
