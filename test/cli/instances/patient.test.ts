import assert from "node:assert/strict";

import type { Cluster, ClusterAnswer } from "../../../cli/cluster";
import { patient } from "../../../cli/instances/patient";

const GONE = new Error("read ECONNRESET");

/** A cluster that answers so, one after the other; the last stays. */
function answering(...answers: readonly (ClusterAnswer | Error)[]): { cluster: Cluster; asked: string[] } {
  const asked: string[] = [];
  const cluster: Cluster = {
    server: "https://cluster.example",
    ask: (method, path) => {
      const answer = answers[Math.min(asked.push(`${method} ${path}`), answers.length) - 1];
      return answer instanceof Error || answer === undefined
        ? Promise.reject(answer ?? GONE)
        : Promise.resolve(answer);
    },
  };
  return { cluster, asked };
}

describe("a cluster whose API server is away for a while", () => {
  const { signal } = new AbortController();

  it("is asked again, also while it only starts", async () => {
    const { cluster, asked } = answering(GONE, { status: 503, body: "" }, { status: 200, body: "yes" });
    assert.deepEqual(await patient(cluster, signal).ask("GET", "/version"), { status: 200, body: "yes" });
    assert.equal(asked.length, 3);
  });

  it("is told plainly when it stays away", async () => {
    const { cluster } = answering(GONE);
    await assert.rejects(
      patient(cluster, signal, 0).ask("GET", "/version"),
      /^Error: https:\/\/cluster.example gives no answer: run the command again once it does$/,
    );
  });

  it("is asked once where something is changed, and where it refuses", async () => {
    const away = answering(GONE);
    await assert.rejects(patient(away.cluster, signal).ask("POST", "/api/v1/namespaces"), /gives no answer/);
    const refusing = answering({ status: 403, body: "" });
    assert.equal((await patient(refusing.cluster, signal).ask("GET", "/version")).status, 403);
    assert.deepEqual([away.asked.length, refusing.asked.length], [1, 1]);
  });

  it("is waited for until somebody gives up", async () => {
    const stop = new AbortController();
    const { cluster } = answering(GONE);
    const asking = patient(cluster, stop.signal).ask("GET", "/version");
    stop.abort(new Error("interrupted"));
    await assert.rejects(asking, { name: "AbortError" });
  });
});
