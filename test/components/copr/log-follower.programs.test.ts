import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { followCommand } from "../../../components/copr/log-follower";

describe("the follower of log files", () => {
  let folder: string;
  let child: ChildProcess;
  let shown = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "logs-"));
    appendFileSync(join(folder, "early.log"), "there before\n");
    const [program = "", ...args] = followCommand([`${folder}/*.log`], { bytes: 1000, seconds: 1 });
    child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout?.on("data", (data: Buffer) => {
      shown += data.toString();
    });
  });
  after(async () => {
    if (child.exitCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function until(done: () => boolean, what: string): Promise<void> {
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      if (done()) return;
      await sleep(100);
    }
    assert.fail(`${what}; shown: ${shown}`);
  }

  it("shows what is in files and what is added, new files too", async () => {
    await until(() => shown.includes("there before"), "an old line");
    appendFileSync(join(folder, "early.log"), "added\n");
    appendFileSync(join(folder, "late.log"), "of a new file\n");
    await until(() => shown.includes("added") && shown.includes("of a new file"), "new lines");
  });

  it("empties a file that has grown, and goes on with it", async () => {
    const file = join(folder, "early.log");
    appendFileSync(file, `${"x".repeat(2000)}\n`);
    await until(() => statSync(file).size === 0, "an empty file");
    await until(() => shown.includes("x".repeat(2000)), "the long line");
    await sleep(1500);
    appendFileSync(file, "afterwards\n");
    await until(() => shown.includes("afterwards"), "a line after that");
  });

  it("ends when it is told to", async () => {
    child.kill("SIGTERM");
    await until(() => child.exitCode !== null, "an end");
    assert.equal(child.exitCode, 0);
  });
});
