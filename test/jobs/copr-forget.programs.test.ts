import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

import { cacheFolder } from "../../tools/setup/cache";
import { pythonWith } from "../../tools/setup/python";
import { program } from "../support/programs";
import { freePort, type Running, sandbox } from "../support/sandbox";

const ROOT = resolve(__dirname, "..", "..");
const PROGRAM = resolve(ROOT, "jobs", "copr-forget", "main.py");

/** Answers as resalloc does about tickets: `open`, `closed` and `failed` ones by number, and counts what it is asked. */
const RESALLOC = `
import sys
from xmlrpc.server import SimpleXMLRPCServer

states = {}
asked = []

def collectTicket(number):
    asked.append(number)
    state = states.get(str(number))
    if state is None:
        return {"ready": None, "output": None, "closed": None, "failed": None}
    return {"ready": False, "output": None, "closed": state == "closed", "failed": state == "failed"}

def closeTicket(number):
    states[str(number)] = "closed"

def become(new):
    states.clear()
    states.update(new)
    asked.clear()

server = SimpleXMLRPCServer(("127.0.0.1", int(sys.argv[1])), allow_none=True, logRequests=False)
for function in (collectTicket, closeTicket, become):
    server.register_function(function)
server.register_function(lambda: dict(states), "states")
server.register_function(lambda: len(asked), "asked")
server.serve_forever()
`;

type State = "open" | "closed" | "failed";

describe("the program that forgets what the dead have left", function () {
  this.timeout(60_000);
  const redisServer = program("redis-server");
  const redisCli = program("redis-cli");
  const box = sandbox();
  let python = "";
  let store = 0;
  let resalloc = 0;
  let pretended: Running;

  before("installs what it talks to the store with", async function () {
    this.timeout(300_000);
    python = await pythonWith("database", ROOT, cacheFolder()).catch((error: unknown) => {
      if (process.env.CI === "true") throw error;
      return this.skip();
    });
  });
  before("starts a store, and what answers as resalloc does", async () => {
    [store, resalloc] = [await freePort(), await freePort()];
    const local = ["--port", String(store), "--bind", "127.0.0.1", "--save", ""];
    await box().start(redisServer, local, () => redis("ping") === "PONG");
    const file = box().write("resalloc.py", RESALLOC);
    pretended = await box().start("python3", ["-B", file, String(resalloc)], async () => {
      const answer = await fetch(`http://127.0.0.1:${resalloc}`).catch(() => undefined);
      return answer !== undefined;
    });
  });
  beforeEach(() => redis("flushall"));

  function redis(...command: readonly string[]): string {
    return box()
      .run(redisCli, ["-p", String(store), ...command])
      .output.trim();
  }

  /** Runs it. @returns How it ended, and everything that it has said. */
  function forget(...args: readonly string[]): { status: number | null; output: string } {
    const all = ["-B", PROGRAM, "--store", `127.0.0.1:${store}`, ...args];
    const { status, stdout, stderr } = spawnSync(python, all, { encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  function close(): string {
    const { status, output } = forget("--resalloc", `http://127.0.0.1:${resalloc}`);
    assert.equal(status, 0, output);
    return output.trim();
  }

  function ask(call: string): unknown {
    const code = `import json, xmlrpc.client; s = xmlrpc.client.ServerProxy("http://127.0.0.1:${resalloc}", allow_none=True); print(json.dumps(s.${call}))`;
    return JSON.parse(box().run("python3", ["-c", code]).output);
  }

  function tickets(states: Readonly<Record<number, State>>): void {
    ask(`become(${JSON.stringify(states)})`);
  }

  it("C15: deletes the records of dead workers, and nothing else", () => {
    for (const key of ["rpm_build_worker:1", "rpm_build_worker:2", "action_worker:1", "copr:lock:queue:/a"])
      redis("hset", key, "PID", "7");
    redis("rpush", "copr:backend:log:fifo::", "line");
    const { status, output } = forget("--keys", "rpm_build_worker:*", "--keys", "copr:lock:*");
    assert.equal(status, 0, output);
    assert.equal(output, "2 keys rpm_build_worker:* deleted\n1 keys copr:lock:* deleted\n");
    assert.deepEqual(redis("keys", "*").split("\n").sort(), ["action_worker:1", "copr:backend:log:fifo::"]);
  });

  it("C16: gives back the builders that dead workers had, and looks at no ticket twice", () => {
    tickets({ 1: "closed", 2: "open", 3: "failed", 4: "closed", 5: "open" });
    assert.equal(close(), "2 tickets closed, of 5 since the last look");
    assert.deepEqual(ask("states()"), { 1: "closed", 2: "closed", 3: "failed", 4: "closed", 5: "closed" });
    assert.equal(close(), "0 tickets closed, of 0 since the last look");

    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [index + 1, "closed"]));
    tickets({ ...(many as Record<number, State>), 3001: "open", 3002: "open" });
    redis("set", "packit-stacks:tickets-seen", "2990");
    assert.equal(close(), "2 tickets closed, of 12 since the last look");
    assert.ok(Number(ask("asked()")) < 30, String(ask("asked()")));
  });

  it("C16: finds every number of tickets, also where resalloc has begun to count anew", () => {
    for (let count = 0; count <= 9; count += 1) {
      const all = Array.from({ length: count }, (_, index) => [index + 1, "open"] as const);
      tickets(Object.fromEntries(all));
      redis("set", "packit-stacks:tickets-seen", "4711");
      assert.equal(close(), `${count} tickets closed, of ${count} since the last look`);
      assert.equal(redis("get", "packit-stacks:tickets-seen"), String(count));
    }
  });

  it("becomes the program that comes after it", () => {
    const { status, output } = forget(
      "--keys",
      "none:*",
      "--",
      "/bin/sh",
      "-c",
      "echo then $0; exit 3",
      "--x",
    );
    assert.deepEqual([status, output], [3, "0 keys none:* deleted\nthen --x\n"]);
  });

  it("says who does not answer, and runs nothing then", async () => {
    await pretended.stop();
    const { status, output } = forget(
      "--resalloc",
      `http://127.0.0.1:${resalloc}`,
      "--",
      "/bin/echo",
      "then",
    );
    assert.equal(status, 1);
    assert.match(output, /^error: resalloc at http:\/\/127\.0\.0\.1:\d+: .*refused\n$/);
    const gone = await freePort();
    const dead = forget("--store", `127.0.0.1:${gone}`, "--keys", "a:*", "--", "/bin/echo", "then");
    assert.equal(dead.status, 1);
    assert.match(dead.output, /^error: the key-value store 127\.0\.0\.1:\d+: .*refused/);
  });
});
