import assert from "node:assert/strict";

import type { Cluster, ClusterAnswer } from "../../../cli/cluster";
import { LogReader, logSources } from "../../../cli/instances/logs";

const PODS = {
  items: [
    {
      metadata: { name: "packit-worker-0", labels: { component: "packit-worker" } },
      spec: { containers: [{ name: "packit-worker" }, { name: "fluentd" }] },
    },
    {
      metadata: { name: "packit-service-1", labels: { component: "packit-service" } },
      spec: { containers: [{ name: "packit-service" }] },
    },
  ],
};

/** A cluster that answers by path. */
function cluster(answer: (path: string) => Partial<ClusterAnswer>): Cluster {
  return {
    server: "https://127.0.0.1",
    ask: (_method, path) => Promise.resolve({ status: 200, body: undefined, ...answer(path) }),
  };
}

describe("the logs of an instance", () => {
  it("are those of every container, or of a component's", async () => {
    const api = cluster(() => ({ body: PODS }));
    assert.equal((await logSources(api, "packit-dev-pr-614", undefined)).length, 3);
    const ofWorker = await logSources(api, "packit-dev-pr-614", "packit-worker");
    assert.deepEqual(
      ofWorker.map(({ container }) => container),
      ["packit-worker", "fluentd"],
    );
    await assert.rejects(
      logSources(api, "packit-dev-pr-614", "packit-workr"),
      /did you mean packit-worker\?/,
    );
  });

  it("are found by the names that --only and pull requests know components by", async () => {
    const named = (component: string) => ({
      metadata: { name: `${component}-0`, labels: { component } },
      spec: { containers: [{ name: component }] },
    });
    const names = ["packit-worker-long-running", "packit-worker-short-running", "packit-dashboard"];
    const items = [...names, "packit-service", "packit-service-beat", "postgres-15"].map(named);
    const api = cluster(() => ({ body: { items } }));
    const found = async (word: string) =>
      (await logSources(api, "packit-dev-pr-614", word)).map(({ component }) => component);
    assert.deepEqual(await found("worker"), names.slice(0, 2));
    assert.deepEqual(await found("dashboard"), ["packit-dashboard"]);
    assert.deepEqual(await found("api"), ["packit-service"]);
    assert.deepEqual(await found("packit-service"), ["packit-service"]);
    assert.deepEqual(await found("beat"), ["packit-service-beat"]);
    assert.deepEqual(await found("postgres"), ["postgres-15"]);
    await assert.rejects(found("work"), /has no component work\b/);
  });

  it("come once each, though the server repeats those of the last second", async () => {
    const lines = ["2026-01-01T00:00:01.1Z one", '2026-01-01T00:00:01.2Z {"two": 2}'];
    const asked: URLSearchParams[] = [];
    const api = cluster((path) => {
      asked.push(new URLSearchParams(path.split("?")[1]));
      return { body: `${lines.join("\n")}\n` };
    });
    const reader = new LogReader(api, "packit-dev-pr-614", { lines: 10, previous: false });
    const source = { component: "packit-worker", pod: "packit-worker-0", container: "packit-worker" };
    assert.deepEqual(await reader.next(source), ["one", '{"two": 2}']);
    lines.push("2026-01-01T00:00:02.0Z three");
    assert.deepEqual(await reader.next(source), ["three"]);
    assert.equal(asked[0]?.get("tailLines"), "10");
    assert.equal(asked[1]?.get("sinceTime"), "2026-01-01T00:00:01.2Z");
  });

  it("say why there are none", async () => {
    const api = cluster(() => ({ status: 400, body: { message: "the container is waiting to start" } }));
    const reader = new LogReader(api, "packit-dev-pr-614", { lines: 10, previous: false });
    const [line = ""] = await reader.next({ component: "a", pod: "a", container: "a" });
    assert.match(line, /HTTP 400: the container is waiting to start/);
  });
});
