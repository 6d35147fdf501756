import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { SandboxCleaner } from "../../components/packit/sandbox-cleaner";
import { KubernetesPlatform } from "../../components/platform/kubernetes";
import { startCluster } from "../../local/cluster";
import { addressFrom, resourcePath, type ApiClient, type KubernetesObject } from "../../local/cluster/api";
import { cleanUp, clientOf, eventually, testFolder } from "../local/cluster/support";
import { runMocked } from "../support/mocks";

const PROGRAM = resolve(__dirname, "../../jobs/sandbox/clean.py");
const MAIN = "packit-dev";
const SANDBOX = "packit-dev-sandbox";
const DAY_MS = 86_400_000;

describe("the sandbox cleaner", () => {
  let folder = "";
  let api: ApiClient;
  before(async () => {
    folder = testFolder();
    await startCluster(folder);
    api = clientOf(folder);
    const labels = { "pod-security.kubernetes.io/enforce": "baseline" };
    for (const name of [MAIN, SANDBOX]) await create("v1", "namespaces", { metadata: { name, labels } });
    // The controller manager makes it, and no pod is taken before.
    await eventually(
      () => api.get(resourcePath("v1", "serviceaccounts", SANDBOX, "default")),
      () => true,
    );
    for (const [kind, plural] of [
      ["ServiceAccount", "serviceaccounts"],
      ["Role", "roles"],
      ["RoleBinding", "rolebindings"],
    ] as const) {
      const version = kind === "ServiceAccount" ? "v1" : "rbac.authorization.k8s.io/v1";
      for (const object of (await cleaner()).objects(kind)) await create(version, plural, object);
    }
    await signIn();
    await fill();
  });
  after(async () => {
    api.close();
    await cleanUp(folder);
  });

  const site = { platform: new KubernetesPlatform(), instance: "dev", durable: false };
  const cleaner = () =>
    runMocked(
      () =>
        new SandboxCleaner("sandbox-cleaner", {
          site: { ...site, namespace: MAIN },
          sandbox: { ...site, namespace: SANDBOX },
          image: { reference: "registry.example/worker:dev" },
          program: readFileSync(PROGRAM, "utf8"),
          schedule: "0 * * * *",
        }),
    );

  async function create(version: string, plural: string, object: KubernetesObject): Promise<void> {
    await api.create(resourcePath(version, plural, object.metadata.namespace), object);
  }

  /** Puts the account's token and the authority where the kubelet would. */
  async function signIn(): Promise<void> {
    const path = `${resourcePath("v1", "serviceaccounts", MAIN, "sandbox-cleaner")}/token`;
    const { status } = await api.create<KubernetesObject & { status: { token: string } }>(path, {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: {},
    });
    mkdirSync(join(folder, "account"));
    writeFileSync(join(folder, "account", "token"), status.token, { mode: 0o600 });
    writeFileSync(
      join(folder, "account", "ca.crt"),
      addressFrom(join(folder, "kubeconfig")).certificateAuthority,
    );
  }

  /** Pods in each state, and claims; what has to stay says so in its name. */
  async function fill(): Promise<void> {
    const old = new Date(Date.now() - 2 * DAY_MS).toISOString();
    const recent = new Date(Date.now() - DAY_MS / 2).toISOString();
    await pod("completed", "Succeeded", terminated("Completed", old), "sandcastle-finished-1-pvc");
    await pod("oom-killed", "Failed", terminated("OOMKilled", old));
    await pod("completed-lately-stays", "Succeeded", terminated("Completed", recent));
    await pod("failed-stays", "Failed", terminated("Error", old));
    await pod("running-stays", "Running", { running: { startedAt: old } }, "sandcastle-used-stays-2-pvc");
    await pod("waiting-stays", "Pending", { waiting: {} }, "sandcastle-waited-for-stays-3-pvc");
    for (const name of [
      "sandcastle-finished-1-pvc",
      "sandcastle-used-stays-2-pvc",
      "sandcastle-waited-for-stays-3-pvc",
      "sandcastle-forgotten-4-pvc",
      "sandcastle-repository-cache-stays-0",
    ]) {
      const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
      await create("v1", "persistentvolumeclaims", { metadata: { name, namespace: SANDBOX }, spec } as never);
    }
  }

  async function pod(name: string, phase: string, state: object, claimName?: string): Promise<void> {
    const container = { name: "sandbox", image: "registry.example/sandcastle:dev" };
    const volumes = claimName === undefined ? [] : [{ name: "work", persistentVolumeClaim: { claimName } }];
    // No scheduler knows it, so that nobody but this test says in which state it is.
    const spec = { schedulerName: "nobody", containers: [container], volumes };
    await create("v1", "pods", { metadata: { name, namespace: SANDBOX }, spec } as never);
    const status = { ...container, imageID: "", ready: false, restartCount: 0, state };
    await api.patch(`${resourcePath("v1", "pods", SANDBOX, name)}/status`, "merge", "test", {
      status: { phase, containerStatuses: [status] },
    });
  }

  const terminated = (reason: string, finishedAt: string): object => ({
    terminated: { reason, exitCode: reason === "Completed" ? 0 : 137, finishedAt },
  });

  async function names(plural: string): Promise<string[]> {
    const path = resourcePath("v1", plural, SANDBOX);
    const { items } = await api.get<{ items: KubernetesObject[] }>(path);
    return items
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  const clean = (...args: readonly string[]) => {
    const { hostname, port } = new URL(addressFrom(join(folder, "kubeconfig")).server);
    const env = {
      PATH: process.env.PATH,
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: port,
    };
    return promisify(execFile)("python3", [PROGRAM, "--account", join(folder, "account"), ...args], { env });
  };

  it("deletes pods that completed or ran out of memory a day ago, and leaves new claims to their pods", async () => {
    const claims = await names("persistentvolumeclaims");
    const { stdout } = await clean(SANDBOX);
    assert.deepEqual(await names("pods"), [
      "completed-lately-stays",
      "failed-stays",
      "running-stays",
      "waiting-stays",
    ]);
    assert.deepEqual(await names("persistentvolumeclaims"), claims);
    assert.match(stdout, /deleted pods\/completed\ndeleted pods\/oom-killed\n2 of 6 pods and 0 of 5 claims/);
  });

  it("deletes claims that no pod mounts, and no cache", async () => {
    await clean(SANDBOX, "--claim-minutes", "0");
    assert.deepEqual(await names("persistentvolumeclaims"), [
      "sandcastle-repository-cache-stays-0",
      "sandcastle-used-stays-2-pvc",
      "sandcastle-waited-for-stays-3-pvc",
    ]);
  });

  it("D24: may do so in the sandbox alone", async () => {
    await assert.rejects(clean(MAIN), /error: the API server answered 403: .*cannot list/);
  });
});
