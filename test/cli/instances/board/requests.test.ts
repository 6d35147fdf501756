import assert from "node:assert/strict";

import type { Cluster } from "../../../../cli/cluster";
import { amount, requestsIn } from "../../../../cli/instances/board/requests";

const MI = 2 ** 20;

function pod(namespace: string, cpu: string, memory: string, more: object = {}): object {
  return {
    metadata: { namespace, name: "worker" },
    spec: { containers: [{ name: "worker", resources: { requests: { cpu, memory } } }] },
    status: { phase: "Running" },
    ...more,
  };
}

/** A cluster that answers by path, and what it was asked. */
function clusterOf(answers: Readonly<Record<string, unknown>>): { cluster: Cluster; asked: string[] } {
  const asked: string[] = [];
  const ask: Cluster["ask"] = (_method, path) => {
    const [plain = ""] = path.split("?");
    assert.match(path, /\?labelSelector=app\.kubernetes\.io%2Fpart-of%3Dpackit$/);
    asked.push(plain);
    const items = answers[plain];
    return Promise.resolve(
      items === undefined ? { status: 403, body: {} } : { status: 200, body: { items } },
    );
  };
  return { cluster: { server: "https://api", ask }, asked };
}

describe("what the pods of instances request", () => {
  it("is summed for each namespace, in one request", async () => {
    const { cluster, asked } = clusterOf({
      "/api/v1/pods": [
        pod("packit-dev-pr-1", "100m", "256Mi"),
        pod("packit-dev-pr-1", "0.25", "1Gi", { status: { phase: "Pending" } }),
        pod("packit-dev-pr-1", "4", "4Gi", { status: { phase: "Succeeded" } }),
        pod("packit-dev-pr-1", "4", "4Gi", { status: { phase: "Failed" } }),
        pod("packit-dev-pr-11", "2", "2Gi"),
        pod("somebody-else", "8", "8Gi"),
      ],
    });
    const found = await requestsIn(cluster, ["packit-dev-pr-1", "packit-dev-pr-11", "packit-dev-pr-2"]);
    assert.deepEqual(Object.fromEntries(found), {
      "packit-dev-pr-1": { cpu: 0.35, memory: (256 + 1024) * MI },
      "packit-dev-pr-11": { cpu: 2, memory: 2048 * MI },
      "packit-dev-pr-2": { cpu: 0, memory: 0 },
    });
    assert.deepEqual(asked, ["/api/v1/pods"]);
  });

  it("counts what starts a pod as Kubernetes does", async () => {
    const hungry = { resources: { requests: { cpu: "2", memory: "64Mi" } } };
    const spec = {
      containers: [{ resources: { requests: { cpu: "1", memory: "32Mi" } } }],
      initContainers: [hungry, { ...hungry, restartPolicy: "Always" }],
    };
    const { cluster } = clusterOf({ "/api/v1/pods": [pod("one", "", "", { spec })] });
    assert.deepEqual((await requestsIn(cluster, ["one"])).get("one"), { cpu: 3, memory: 96 * MI });
  });

  it("asks for each namespace where all of them may not be looked at", async () => {
    const { cluster, asked } = clusterOf({ "/api/v1/namespaces/one/pods": [pod("one", "1", "1Mi")] });
    const found = await requestsIn(cluster, ["one", "two"]);
    assert.deepEqual([...found], [["one", { cpu: 1, memory: MI }]]);
    assert.deepEqual(asked, ["/api/v1/pods", "/api/v1/namespaces/one/pods", "/api/v1/namespaces/two/pods"]);
  });

  it("is not known when the cluster does not say, or says what nobody can read", async () => {
    const away: Cluster = { server: "https://api", ask: () => Promise.reject(new Error("no answer")) };
    assert.equal((await requestsIn(away, ["one"])).size, 0);
    const { cluster } = clusterOf({ "/api/v1/pods": [pod("one", "much", "1Mi"), pod("two", "1", "1Mi")] });
    assert.deepEqual([...(await requestsIn(cluster, ["one", "two"])).keys()], ["two"]);
  });

  it("may be written in any of Kubernetes' notations", () => {
    for (const [text, number] of [
      ["0", 0],
      ["250m", 0.25],
      ["1500000u", 1.5],
      ["2k", 2000],
      ["1e3", 1000],
      ["1E", 1e18],
      ["1Ei", 2 ** 60],
      ["1.5Gi", 1.5 * 2 ** 30],
    ] as const) {
      assert.equal(amount(text), number, text);
    }
    for (const text of ["", "Gi", "1 Gi", "1GB", "one"]) assert.ok(Number.isNaN(amount(text)), text);
  });
});
