import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer as createHttpsServer, type Server } from "node:https";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beatHasStarted, beatIsAlive } from "../../../components/packit/beat";
import { connectionProbe } from "../../../components/packit/fedmsg";
import { httpsProbes } from "../../../components/packit/https";
import { workerIsAlive } from "../../../components/packit/worker-probes";
import { selfSigned } from "../../support/certificate";
import { program } from "../../support/programs";
import { waitFor } from "../../support/sandbox";

/** Exit code of a command that a probe runs; servers of this process go on answering meanwhile. */
function exitCode(command: readonly string[]): Promise<number | null> {
  const [file = "", ...args] = command;
  return new Promise((resolve, reject) => {
    spawn(file, args, { stdio: "ignore" }).once("exit", resolve).once("error", reject);
  });
}

function holds(script: string): boolean {
  return spawnSync("bash", ["-c", script], { stdio: "ignore" }).status === 0;
}

describe("the probe of a web server", () => {
  const curl = program("curl");
  const HOST = "pr-614.dev.packit.dev";
  let server: Server;
  let command: readonly string[];
  let status = 200;
  const seen: unknown[] = [];

  before(async () => {
    const { certificate, key } = await selfSigned(HOST);
    server = createHttpsServer({ cert: certificate, key }, (request, response) => {
      const { servername } = request.socket as unknown as { servername: string };
      seen.push([servername, request.headers.host, request.url]);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const probe = httpsProbes(HOST, "/api/healthz", 60).readiness as { exec: { command: string[] } };
    const [, ...args] = probe.exec.command;
    command = [curl, ...args.map((arg) => arg.replace("127.0.0.1:8443", `127.0.0.1:${port}`))];
  });
  after(() => server.close());

  it("D10: gives the server its public name, in TLS and in the request", async () => {
    assert.equal(await exitCode(command), 0);
    assert.deepEqual(seen, [[HOST, HOST, "/api/healthz"]]);
  });

  it("fails when the server refuses the request, or is not there", async () => {
    status = 403;
    assert.notEqual(await exitCode(command), 0);
    server.close();
    assert.notEqual(await exitCode(command), 0);
  });
});

describe("the probe of the message bus", () => {
  let client: Socket;

  it("holds while there is a connection to the bus's port, and no longer", async () => {
    const bus = createServer();
    await new Promise<void>((resolve) => bus.listen(0, "127.0.0.1", resolve));
    const { port } = bus.address() as AddressInfo;
    const connected = async (): Promise<boolean> => (await exitCode(connectionProbe(port))) === 0;
    // Somebody who listens is not somebody who is connected.
    assert.equal(await connected(), false);
    client = connect(port, "127.0.0.1");
    await new Promise((resolve) => client.once("connect", resolve));
    assert.equal(await connected(), true);
    client.destroy();
    await waitFor(
      async () => !(await connected()),
      () => "the connection is still seen",
    );
    bus.close();
  });
});

describe("the probe of a worker", () => {
  const groups: number[] = [];
  after(() => {
    for (const group of groups) process.kill(-group, "SIGKILL");
  });

  /** Runs a command, seen among processes by another name. */
  async function started(name: string, command: string): Promise<number> {
    const { pid } = spawn("bash", ["-c", `exec -a '${name}' ${command}`], {
      stdio: "ignore",
      detached: true,
    });
    assert.ok(pid !== undefined);
    groups.push(pid);
    await waitFor(
      () => holds(`[[ "$(tr '\\0' ' ' </proc/${pid}/cmdline)" == '${name} '* ]]`),
      () => `${name} did not start`,
    );
    return pid;
  }

  it("D14: holds for a worker with a process for its tasks, and fails without", async () => {
    const whole = await started("celery", "bash -c 'sleep 60 & wait'");
    await waitFor(
      () => holds(workerIsAlive(1, whole)),
      () => "the worker does not count as alive",
    );
    const alone = await started("celery", "sleep 60");
    assert.equal(holds(workerIsAlive(1, alone)), false);
    // Several tasks at once are done in one process.
    assert.equal(holds(workerIsAlive(16, alone)), true);
  });

  it("fails while the start script has not become the worker", async () => {
    const script = await started("run_worker.sh", "bash -c 'sleep 60 & wait'");
    assert.equal(holds(workerIsAlive(1, script)), false);
    assert.equal(holds(workerIsAlive(16, script)), false);
  });
});

describe("the probes of beat", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("D09: hold while the process runs and its schedule is fresh", () => {
    assert.equal(holds(beatHasStarted(folder)), false);
    writeFileSync(join(folder, "celerybeat.pid"), `${process.pid}\n`);
    assert.equal(holds(beatHasStarted(folder)), false);
    // Which files there are depends on Python's database: one of this name, or several with endings.
    const schedule = join(folder, "celerybeat-schedule.dat");
    writeFileSync(schedule, "");
    assert.equal(holds(beatHasStarted(folder)), true);
    assert.equal(holds(beatIsAlive(folder)), true);

    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(schedule, hourAgo, hourAgo);
    assert.equal(holds(beatIsAlive(folder)), false);
    utimesSync(schedule, Date.now() / 1000, Date.now() / 1000);
    writeFileSync(join(folder, "celerybeat.pid"), "999999999\n");
    assert.equal(holds(beatIsAlive(folder)), false);
  });
});
