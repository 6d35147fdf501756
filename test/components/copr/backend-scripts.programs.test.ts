import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

import { drainCommand } from "../../../components/copr/backend-scripts";
import { waitFor } from "../../support/sandbox";

/** Starts a process with that title. */
function titled(title: string, seconds: number): ReturnType<typeof spawn> {
  return spawn("bash", ["-c", `exec -a "$0" sleep ${seconds}`, title], { stdio: "ignore" });
}

describe("the end of the backend", () => {
  it("C16: waits for workers while their dispatcher takes no more tasks, and lets that go on afterwards", async () => {
    const [title, worker] = [`Test dispatcher ${process.pid}`, `test-worker-${process.pid}`];
    const dispatcher = titled(title, 60);
    const work = titled(worker, 4);
    const output = (name: string, ...args: readonly string[]): string =>
      spawnSync(name, args, { encoding: "utf8" }).stdout.trim();
    const state = (): string => output("ps", "-o", "stat=", "-p", String(dispatcher.pid));
    try {
      await waitFor(
        () => output("pgrep", "--count", "--full", `^(${title}|${worker})`) === "2",
        () => "the processes have no titles",
      );
      const [shell = "", ...args] = drainCommand(title, worker);
      const drained = once(spawn(shell, args, { stdio: "ignore" }), "exit");
      await waitFor(
        () => state().startsWith("T"),
        () => `the dispatcher was not stopped: ${state()}`,
      );
      const [status] = (await drained) as [number];
      assert.deepEqual([status, work.exitCode], [0, 0]);
      assert.match(state(), /^S/);
    } finally {
      dispatcher.kill("SIGKILL");
      work.kill("SIGKILL");
    }
  });
});
