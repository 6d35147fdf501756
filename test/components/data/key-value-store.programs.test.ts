import assert from "node:assert/strict";

import { passwordConf, redisConf } from "../../../components/data/redis-conf";
import { program } from "../../support/programs";
import { freePort, sandbox, waitFor, type Ended } from "../../support/sandbox";
import { deployStore } from "./fixtures";

/** Characters that the configuration's own syntax uses. */
const PASSWORD = `p "ä' #\\x41\n1`;

describe("redis-server with redis.conf", () => {
  const redisServer = program("redis-server");
  const redisCli = program("redis-cli");
  const box = sandbox();

  async function start(maxMemory: number): Promise<number> {
    const port = await freePort();
    const passwordFile = box().write(`password-${port}.conf`, passwordConf(PASSWORD));
    const conf = box().write(
      `redis-${port}.conf`,
      redisConf({ folder: box().folder, maxMemory, passwordFile }),
    );
    const local = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--dbfilename",
      `${port}.rdb`,
      "--repl-diskless-sync-delay",
      "0",
    ];
    await box().start(redisServer, [conf, ...local], () => call(port, ["ping"]).output.trim() === "PONG");
    return port;
  }

  function call(port: number, command: readonly string[], password?: string): Ended {
    const env = { REDISCLI_AUTH: password ?? PASSWORD };
    return box().run(redisCli, ["-p", String(port), ...command], env);
  }

  function setting(port: number, name: string): string | undefined {
    return call(port, ["config", "get", name]).output.trim().split("\n")[1];
  }

  it("takes every setting", async () => {
    const port = await start(3 * 2 ** 30);
    assert.equal(setting(port, "maxmemory"), String(3 * 2 ** 30));
    assert.equal(setting(port, "maxmemory-policy"), "volatile-lru");
    assert.equal(setting(port, "timeout"), "600");
    assert.equal(setting(port, "dir"), box().folder);
    // The server's own rules are left in place.
    assert.equal(setting(port, "save"), "3600 1 300 100 60 10000");
    assert.equal(setting(port, "stop-writes-on-bgsave-error"), "yes");
  });

  it("D26: demands the password, whatever characters it has", async () => {
    const port = await start(2 ** 20);
    assert.match(call(port, ["ping"], "wrong").output, /NOAUTH|WRONGPASS/);
    assert.equal(call(port, ["ping"]).output.trim(), "PONG");
  });

  it("D09: its readiness probe tells an error from an answer", async () => {
    const stack = await deployStore({ kind: "redis" });
    const probe = stack.object("Deployment", "redis").spec.template.spec.containers[0].readinessProbe.exec;
    const [, ...command] = probe.command as string[];
    const port = await start(2 ** 20);
    assert.equal(call(port, command).status, 0);
    assert.notEqual(call(port, command, "wrong").status, 0);
    assert.notEqual(call(await freePort(), command).status, 0);
  });

  it("D15: refuses new data at its limit and keeps the queues", async () => {
    const port = await start(8 * 2 ** 20);
    call(port, ["rpush", "queue", "task"]);
    const filler = "x".repeat(100_000);
    let answer = "";
    for (let i = 0; i < 200 && !answer.startsWith("OOM"); i++) {
      answer = call(port, ["set", `key-${i}`, filler]).output.trim();
    }
    assert.match(answer, /OOM/);
    assert.equal(call(port, ["llen", "queue"]).output.trim(), "1");
  });

  it("D20: a store beside another can replicate it", async () => {
    const old = await start(2 ** 24);
    const next = await start(2 ** 24);
    call(old, ["rpush", "queue", "task"]);
    assert.equal(call(next, ["replicaof", "127.0.0.1", String(old)]).output.trim(), "OK");
    await waitFor(
      () => call(next, ["llen", "queue"]).output.trim() === "1",
      () => call(next, ["info", "replication"]).output,
    );
  });
});
