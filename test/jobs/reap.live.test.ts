import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { type Cluster, connect } from "../../cli/cluster";
import { ensureControlNamespace } from "../../cli/instances/leases/namespace";
import { ensureBackstop } from "../../cli/instances/reap/backstop";
import { RECORD_ANNOTATION } from "../../cli/instances/record";
import { startCluster } from "../../local/cluster";
import { addressFrom, ApiClient, type KubernetesObject, resourcePath } from "../../local/cluster/api";
import { jobPrograms } from "../../stacks/parts/job-programs";
import { cleanUp, clientOf, testFolder } from "../local/cluster/support";

const ROOT = resolve(__dirname, "../..");
const CONTROL = "packit-test-instances";
const HOUR_MS = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

describe("what takes down forgotten test instances from within their cluster", function () {
  let folder = "";
  let api: ApiClient;
  let cluster: Cluster;
  before(async () => {
    folder = testFolder();
    await startCluster(folder);
    api = clientOf(folder);
    cluster = await connect({ kubeconfig: join(folder, "kubeconfig") });
    await ensureControlNamespace(cluster);
    assert.equal(await ensureBackstop(cluster, jobPrograms(ROOT).reap), undefined);
    await signIn();
    await fill();
  });
  after(async () => {
    api.close();
    await cleanUp(folder);
  });

  /** Puts the account's token and the authority where the kubelet would. */
  async function signIn(): Promise<void> {
    const path = `${resourcePath("v1", "serviceaccounts", CONTROL, "packit-reap")}/token`;
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    const { status } = await api.create<KubernetesObject & { status: { token: string } }>(path, body);
    mkdirSync(join(folder, "account"));
    writeFileSync(join(folder, "account", "token"), status.token, { mode: 0o600 });
    const { certificateAuthority } = addressFrom(join(folder, "kubeconfig"));
    writeFileSync(join(folder, "account", "ca.crt"), certificateAuthority);
  }

  /** What goes is 701 alone; the others say why they stay. */
  async function fill(): Promise<void> {
    await instance("stg-pr-701", { expiresAt: ago(7) });
    await lease("identity-tester-one", "identity", "stg-pr-701", { holderIdentity: "stg-pr-701" });
    await lease("place-0", "place", "stg-pr-701", { holderIdentity: "stg-pr-701" });
    await lease("place-1", "place", "stg-pr-702", { holderIdentity: "stg-pr-702" });
    await instance("stg-pr-702", { expiresAt: ago(5) });
    await instance("stg-pr-703", { expiresAt: ago(50), keep: "a demonstration" });
    const renewTime = new Date().toISOString().replace("Z", "000Z");
    await instance("stg-pr-704", { expiresAt: ago(50) }, { holderIdentity: "jane@laptop", renewTime });
    await instance("stg-pr-705", {});
    await namespace("packit-stg-pr-706", "stg-pr-706", { "packit.dev/ttl": "1m" });
    // Look-alikes: another's name, an environment, and one without our labels.
    await namespace("notes-of-stg-pr-701", "stg-pr-701");
    await namespace("packit-stg", "stg", { "packit.dev/ttl": "1m" });
    await api.create(resourcePath("v1", "namespaces"), {
      metadata: { name: "stg-pr-701", labels: { "app.kubernetes.io/instance": "stg-pr-701" } },
    });
  }

  async function instance(name: string, facts: object, spec?: object): Promise<void> {
    await namespace(`packit-${name}`, name, { "packit.dev/ttl": "48h" });
    await namespace(`packit-${name}-sandbox`, name, { "packit.dev/ttl": "48h" });
    await lease(`instance-${name}`, "instance", name, spec, { name, state: "live", ...facts });
  }

  async function namespace(name: string, stack: string, annotations?: Record<string, string>): Promise<void> {
    const labels = {
      "app.kubernetes.io/part-of": "packit",
      "app.kubernetes.io/managed-by": "pulumi",
      "app.kubernetes.io/instance": stack,
    };
    await api.create(resourcePath("v1", "namespaces"), {
      metadata: { name, labels, ...(annotations && { annotations }) },
    });
  }

  async function lease(
    name: string,
    kind: string,
    stack: string,
    spec: object = {},
    record?: object,
  ): Promise<void> {
    await api.create(resourcePath("coordination.k8s.io/v1", "leases", CONTROL), {
      metadata: {
        name,
        labels: {
          "app.kubernetes.io/part-of": "packit",
          "app.kubernetes.io/instance": stack,
          "packit.dev/lease": kind,
        },
        ...(record && { annotations: { [RECORD_ANNOTATION]: JSON.stringify(record) } }),
      },
      spec,
    });
  }

  const reap = (environment: Readonly<Record<string, string>> = {}) => {
    const { hostname, port } = new URL(addressFrom(join(folder, "kubeconfig")).server);
    const env = { PATH: process.env.PATH, KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
    const program = join(ROOT, "jobs", "reap", "main.py");
    const args = ["-B", program, "--account", join(folder, "account")];
    return promisify(execFile)("python3", args, { env: { ...env, ...environment } });
  };

  async function there(): Promise<readonly string[]> {
    const lists = [
      resourcePath("v1", "namespaces"),
      resourcePath("coordination.k8s.io/v1", "leases", CONTROL),
    ];
    const found = await Promise.all(lists.map((path) => api.get<{ items: KubernetesObject[] }>(path)));
    return found.flatMap(({ items }) => items.map(({ metadata }) => metadata.name)).sort();
  }

  it("only tells what it would do, when it is asked to", async () => {
    const before = await there();
    const { stdout } = await reap({ DRY_RUN: "true" });
    assert.match(stdout, /^stg-pr-701: its time has been over for 7.0 hours$/m);
    assert.match(stdout, /^stg-pr-702 stays: its time has not been over for 6.0 hours yet$/m);
    assert.match(stdout, /^stg-pr-703 stays: kept: a demonstration$/m);
    assert.match(stdout, /^stg-pr-704 stays: jane@laptop is at it$/m);
    assert.match(stdout, /^stg-pr-705 stays: nothing says when it ends$/m);
    assert.match(stdout, /^stg-pr-706 stays: its time has not been over/m);
    assert.match(stdout, /^1 of 6 test instances would be taken down\n$/m);
    assert.deepEqual(await there(), before);
  });

  it("takes down what has been over for hours, with its leases, and nothing else", async () => {
    const before = await there();
    const { stdout } = await reap();
    assert.match(stdout, /^stg-pr-701 is gone\n1 of 6 test instances were taken down\n$/m);
    const gone = [
      "packit-stg-pr-701",
      "packit-stg-pr-701-sandbox",
      "instance-stg-pr-701",
      "identity-tester-one",
      "place-0",
    ];
    assert.deepEqual(
      await there(),
      before.filter((name) => !gone.includes(name)),
    );
  });

  it("goes by how long an instance has been over, also of one that has no lease", async () => {
    const before = await there();
    // An hour before their time: nothing can be made here that is older than this test.
    await reap({ GRACE_HOURS: "-1" });
    const gone = /^(?:packit|instance)-stg-pr-70[26](?:-sandbox)?$|^place-1$/;
    assert.equal(before.filter((name) => gone.test(name)).length, 5);
    assert.deepEqual(
      await there(),
      before.filter((name) => !gone.test(name)),
    );
  });

  it("may delete no other namespace, whatever its program does", async () => {
    const token = readFileSync(join(folder, "account", "token"), "utf8");
    const itself = new ApiClient({ ...addressFrom(join(folder, "kubeconfig")), token });
    try {
      const path = (name: string): string => resourcePath("v1", "namespaces", undefined, name);
      for (const name of ["packit-test-instances", "packit-stg", "notes-of-stg-pr-701", "stg-pr-701"])
        await assert.rejects(itself.delete(path(name)), /this is no test instance's namespace/, name);
      await assert.rejects(itself.get(resourcePath("v1", "secrets", CONTROL)), /cannot list/);
      await itself.delete(path("packit-stg-pr-705"));
    } finally {
      itself.close();
    }
  });
});
