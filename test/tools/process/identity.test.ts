import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { identify, isRunning, parseProcStat } from "../../../tools/process/identity";

describe("process identity", () => {
  it("knows a process as long as it runs", async () => {
    const child = spawn("sleep", ["60"]);
    const identity = identify(child.pid ?? 0);
    assert.ok(identity);
    assert.equal(isRunning(identity), true);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(isRunning(identity), false);
  });

  it("does not take another process with the same pid for the recorded one", () => {
    assert.equal(isRunning({ pid: process.pid, startedAt: "long ago" }), false);
  });

  it("finds nobody under a pid that nobody has", () => {
    assert.equal(identify(2 ** 22 + 1), undefined);
  });

  it("reads state and start time behind a name with spaces and brackets", () => {
    const rest = ["S", ...Array.from({ length: 18 }, (_, index) => String(index)), "4711", "0"].join(" ");
    assert.deepEqual(parseProcStat(`12 (a (b) c) ${rest}`), { state: "S", startTicks: "4711" });
  });
});
