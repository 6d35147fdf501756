import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { program } from "../support/programs";

const FOLDER = join(__dirname, "../../jobs/schedule");

describe("the program that runs commands by schedule", () => {
  const python = program("python3");

  function run(...args: readonly string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(python, ["-B", ...args], { encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  /** The next times after a moment, by the program's own code. */
  function times(schedule: string, from: string, count = 1): string[] {
    const code = `
import sys
sys.path.insert(0, ${JSON.stringify(FOLDER)})
from datetime import datetime, timezone
from cron import Schedule
schedule, moment = Schedule(sys.argv[1]), datetime.fromisoformat(sys.argv[2]).replace(tzinfo=timezone.utc)
for _ in range(int(sys.argv[3])):
    moment = schedule.after(moment)
    print(moment.strftime("%Y-%m-%dT%H:%M"))
`;
    const { status, output } = run("-c", code, schedule, from, String(count));
    assert.equal(status, 0, output);
    return output.trim().split("\n");
  }

  it("knows cron's times", () => {
    assert.deepEqual(times("7 * * * *", "2026-03-01T10:07:00", 2), ["2026-03-01T11:07", "2026-03-01T12:07"]);
    assert.deepEqual(times("*/20 3 * * *", "2026-03-01T10:00:00", 4), [
      "2026-03-02T03:00",
      "2026-03-02T03:20",
      "2026-03-02T03:40",
      "2026-03-03T03:00",
    ]);
    assert.deepEqual(times("27 4 1 * *", "2026-12-02T00:00:00"), ["2027-01-01T04:27"]);
    assert.deepEqual(times("0 0 29 2 *", "2026-01-01T00:00:00"), ["2028-02-29T00:00"]);
    assert.deepEqual(times("5,10-12 0 * 6-7/1 *", "2026-06-30T23:00:00", 4), [
      "2026-07-01T00:05",
      "2026-07-01T00:10",
      "2026-07-01T00:11",
      "2026-07-01T00:12",
    ]);
  });

  it("takes Sunday by both of its numbers, and either of day and weekday", () => {
    // 2026-03-01 is a Sunday.
    assert.deepEqual(times("0 5 * * 0", "2026-03-01T05:00:00"), ["2026-03-08T05:00"]);
    assert.deepEqual(times("0 5 * * 7", "2026-03-01T05:00:00"), ["2026-03-08T05:00"]);
    assert.deepEqual(times("0 5 10 * 1", "2026-03-01T05:00:00", 3), [
      "2026-03-02T05:00",
      "2026-03-09T05:00",
      "2026-03-10T05:00",
    ]);
  });

  it("refuses what is no schedule, before it waits for anything", () => {
    for (const schedule of ["* * * *", "60 * * * *", "5-1 * * * *", "0 0 30 2 *"]) {
      const tasks = JSON.stringify([{ name: "x", schedule, command: ["true"] }]);
      const { status, output } = run(join(FOLDER, "main.py"), tasks);
      assert.equal(status, 1, schedule);
      assert.match(output, /ValueError/);
    }
  });

  it("runs what is due, tells how it ended, and goes when it is told to", async () => {
    // A clock of its own, whose minutes last a tenth of a second.
    const code = `
import sys, time
sys.path.insert(0, ${JSON.stringify(FOLDER)})
import cron
from datetime import datetime, timedelta, timezone
start, base = time.monotonic(), datetime(2026, 3, 1, tzinfo=timezone.utc)
cron.now = lambda: base + timedelta(seconds=(time.monotonic() - start) * 600)
import main
main.MAX_SLEEP = 0.01
main.main()
`;
    const tasks = JSON.stringify([
      { name: "good", schedule: "* * * * *", command: ["sh", "-c", "echo did something"] },
      { name: "bad", schedule: "* * * * *", command: ["sh", "-c", "exit 3"] },
      { name: "missing", schedule: "* * * * *", command: ["/no/such/program"] },
      { name: "long", schedule: "* * * * *", command: ["sleep", "1000"] },
    ]);
    const child = spawn(python, ["-B", "-c", code, tasks], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    while ((output.match(/good: ended with 0/g)?.length ?? 0) < 2) await once(child.stdout, "data");
    child.kill("SIGTERM");
    const [status] = (await once(child, "close")) as [number];
    assert.equal(status, 0);
    assert.match(output, /^good: next at 2026-03-01 00:01 UTC$/m);
    assert.match(output, /^did something$/m);
    assert.match(output, /^bad: ended with 3$/m);
    assert.match(output, /^missing: .*No such file/m);
    assert.equal(output.match(/long: begins/g)?.length, 1, "a run that goes on is not doubled");
    assert.match(output, /^long: ended with -15$/m);
  });
});
