import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { clusterStatus, startCluster, stopCluster } from "../../../local/cluster";
import { addressFrom, ApiClient, ApiError, type KubernetesObject } from "../../../local/cluster/api";
import { installedPrograms } from "../../../local/cluster/installation";
import { clusterPaths } from "../../../local/cluster/paths";
import { loopback } from "../../../local/cluster/ports";
import type { Installation } from "../../../local/cluster/programs";
import { readRecord } from "../../../local/cluster/record";
import { findStrays } from "../../../local/cluster/strays";
import { identify } from "../../../tools/process/identity";
import { localFolder } from "../../../tools/setup/project";
import { cleanUp, clientOf, eventually, listeningAddresses, pidsOf, podSpec, testFolder } from "./support";

const pods = "/api/v1/namespaces/default/pods";
const configMaps = "/api/v1/namespaces/default/configmaps";

describe("life of the local control plane", () => {
  let folder = "";
  beforeEach(() => {
    folder = testFolder();
  });
  afterEach(() => cleanUp(folder));

  it("is ready with all its programs", async () => {
    const { started } = await startCluster(folder);
    assert.equal(started, true);
    const status = await clusterStatus(folder);
    assert.equal(status.state, "running");
    assert.equal(status.kubernetesVersion, "v1.36.1");
    assert.ok(status.programs.some(({ name, running }) => name === "openshift-stand-in" && running));
  });

  it("is closed to others: loopback only, private files, random token, verified certificate", async () => {
    const { kubeconfig } = await startCluster(folder);
    const addresses = listeningAddresses(await pidsOf(folder));
    assert.deepEqual(addresses, ["0100007F"], "one port, on 127.0.0.1");
    assert.equal(statSync(kubeconfig).mode & 0o777, 0o600);
    const { run, data, logs } = clusterPaths(folder);
    for (const path of [folder, run, data, logs]) {
      assert.equal(statSync(path).mode & 0o777, 0o700, path);
    }
    const address = addressFrom(kubeconfig);
    for (const token of ["", "guessed"]) {
      const stranger = new ApiClient({ ...address, token });
      await assert.rejects(stranger.get("/api/v1/namespaces"), (error) => (error as ApiError).status === 401);
      stranger.close();
    }
    const trusting = new ApiClient({
      ...address,
      certificateAuthority: readFileSync(join(__dirname, "certificate.ts"), "utf8"),
    });
    await assert.rejects(trusting.get("/version"), /certificate/);
    trusting.close();
  });

  it("is found running by a second start, and started once by two at the same moment", async () => {
    const both = await Promise.all([startCluster(folder), startCluster(folder)]);
    assert.deepEqual(both.map(({ started }) => started).sort(), [false, true]);
    const pids = await pidsOf(folder);
    const again = await startCluster(folder);
    assert.equal(again.started, false);
    assert.deepEqual(await pidsOf(folder), pids);
  });

  it("keeps its data, its port and its token across a stop and a start", async () => {
    const { port, kubeconfig } = await startCluster(folder);
    const before = readFileSync(kubeconfig, "utf8");
    const api = clientOf(folder);
    await api.create(configMaps, { metadata: { name: "kept" }, data: { answer: "42" } });
    api.close();
    await stopCluster(folder);
    assert.equal((await startCluster(folder)).port, port);
    assert.equal(readFileSync(kubeconfig, "utf8"), before);
    const after = clientOf(folder);
    const kept = await after.get<KubernetesObject & { data: { answer: string } }>(`${configMaps}/kept`);
    after.close();
    assert.equal(kept.data.answer, "42");
  });

  it("runs pods at once after a stop and a start, though the node's lease is still that of the kwok before", async () => {
    await startCluster(folder);
    await stopCluster(folder);
    await startCluster(folder);
    const api = clientOf(folder);
    await api.create(pods, { metadata: { name: "early" }, spec: podSpec });
    await eventually(
      () => api.get<KubernetesObject & { status: { phase?: string } }>(`${pods}/early`),
      ({ status }) => status.phase === "Running",
    );
    api.close();
  });

  it("takes another port when somebody else has its own", async () => {
    const { port } = await startCluster(folder);
    await stopCluster(folder);
    const server = createServer().listen(port, loopback);
    await once(server, "listening");
    try {
      const again = await startCluster(folder);
      assert.notEqual(again.port, port);
      assert.equal((await clusterStatus(folder)).server, `https://${loopback}:${again.port}`);
    } finally {
      server.close();
    }
  });

  it("ends every process within 15 s, also with clients that stay", async () => {
    await startCluster(folder);
    const pids = await pidsOf(folder);
    assert.equal(pids.length, 6);
    const api = clientOf(folder);
    const stop = new AbortController();
    const watching = (async () => {
      for await (const event of api.watch(`${configMaps}?watch=true`, stop.signal)) {
        assert.ok(event);
      }
    })().catch(() => undefined);
    const begun = performance.now();
    assert.equal(await stopCluster(folder), 6);
    assert.ok(performance.now() - begun < 15_000);
    assert.deepEqual(pids.filter(runs), []);
    assert.equal((await clusterStatus(folder)).state, "stopped");
    stop.abort();
    await watching;
    api.close();
    assert.equal(await stopCluster(folder), 0);
  });

  it("is not put off by a stale record, and spares the process that has the pid now", async () => {
    await startCluster(folder);
    await stopCluster(folder);
    const { record } = clusterPaths(folder);
    const stale = { name: "etcd", pid: process.pid, startedAt: "another boot", command: ["etcd"] };
    writeFileSync(record, JSON.stringify({ port: 1, programs: [stale] }));
    assert.equal((await startCluster(folder)).started, true);
  });

  it("is whole again after some or all of its processes were killed", async () => {
    await startCluster(folder);
    const pids = await pidsOf(folder);
    await killAll(pids.slice(-2, -1));
    await startCluster(folder);
    assert.equal((await clusterStatus(folder)).state, "running");
    await killAll(await pidsOf(folder));
    await startCluster(folder);
    assert.equal((await clusterStatus(folder)).state, "running");
  });

  it("is started anew, with its data, when other kinds or programs are installed", async () => {
    const installation = installedPrograms();
    await startCluster(folder, { installation });
    const texts = readFileSync(installation.definitions, "utf8");
    const definitions = join(folder, "definitions.json");
    writeFileSync(definitions, texts.replaceAll("tenant.paas.redhat.com", "tenant.example.com"));
    const { started } = await startCluster(folder, { installation: { ...installation, definitions } });
    assert.equal(started, true);
    const api = clientOf(folder);
    await api.get("/apis/tenant.example.com/v1alpha1/tenantnamespaces");
    await api.get("/apis/tenant.paas.redhat.com/v1alpha1/tenantnamespaces");
    api.close();
  });

  it("starts after a start that was killed half-way", async () => {
    const command = join(localFolder(), "build", "cluster.js");
    const killed = spawn(process.execPath, [command, "up", "--dir", folder], { stdio: "ignore" });
    while (readRecord(clusterPaths(folder)).programs.length < 2) {
      await sleep(20);
    }
    killed.kill("SIGKILL");
    await once(killed, "exit");
    assert.equal((await startCluster(folder)).started, true);
    assert.equal((await clusterStatus(folder)).state, "running");
    assert.equal(findStrays(clusterPaths(folder).run).length, 6);
  });

  it("ends processes that no record names any more", async () => {
    await startCluster(folder);
    const pids = await pidsOf(folder);
    rmSync(folder, { recursive: true });
    assert.equal(await stopCluster(folder), 6);
    assert.deepEqual(pids.filter(runs), []);
  });

  /** The installed programs, but for one in whose place a shell script runs. */
  function withScript(replaced: string, script: string): Installation {
    const installation = installedPrograms();
    const binaries = join(folder, "binaries");
    mkdirSync(binaries);
    for (const name of readdirSync(installation.binaries).filter((one) => one !== replaced)) {
      symlinkSync(join(installation.binaries, name), join(binaries, name));
    }
    writeFileSync(join(binaries, replaced), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { ...installation, binaries };
  }

  it("starts again the controllers that have waited too short for a busy API server", async () => {
    const program = join(installedPrograms().binaries, "kube-controller-manager");
    const tried = join(folder, "tried");
    const script = [
      `[ -e '${tried}' ] && exec '${program}' "$@"`,
      `touch '${tried}'; sleep 0.3`,
      "echo 'failed to wait for apiserver being healthy: timed out' >&2; exit 1",
    ].join("\n");
    const state = join(folder, "state");
    await startCluster(state, { installation: withScript("kube-controller-manager", script) });
    assert.ok(existsSync(tried));
    assert.equal((await pidsOf(state)).length, 6);
    await stopCluster(state);
  });

  it("shows the last lines of a program that fails, and leaves nothing running", async () => {
    const installation = withScript("kube-apiserver", "sleep 0.3; echo the reason it fails >&2; exit 1");
    const state = join(folder, "state");
    await assert.rejects(
      startCluster(state, { installation }),
      /kube-apiserver ended during the start[^]*the reason it fails/,
    );
    assert.deepEqual(await pidsOf(state), []);
  });

  it("says where it cannot keep its files", async () => {
    writeFileSync(join(folder, "file"), "");
    await assert.rejects(startCluster(join(folder, "file", "cluster")), /cannot keep its files: .*file/);
  });
});

function runs(pid: number): boolean {
  return identify(pid) !== undefined;
}

/** Kills the processes and waits until the system has ended them, which is after `kill` returns. */
async function killAll(pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await eventually(
    async () => Promise.resolve(pids.filter(runs)),
    (left) => left.length === 0,
  );
}
