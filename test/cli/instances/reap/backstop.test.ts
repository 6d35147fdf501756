import assert from "node:assert/strict";

import type { Cluster, ClusterAnswer } from "../../../../cli/cluster";
import { ensureBackstop } from "../../../../cli/instances/reap/backstop";
import { backstopObjects } from "../../../../cli/instances/reap/backstop-objects";

const PROGRAMS = { "main.py": "print('nothing to do')\n" };
const CRONJOB = "/apis/batch/v1/namespaces/packit-test-instances/cronjobs/packit-reap";

/** A cluster that remembers the CronJob, and takes what `allows` says. */
function madeUp(allows: (path: string) => number): { cluster: Cluster; written: string[] } {
  const written: string[] = [];
  let cronJob: unknown;
  const cluster: Cluster = {
    server: "https://cluster.example",
    ask: (method, path, body, _patience, patch): Promise<ClusterAnswer> => {
      if (method === "GET") {
        assert.equal(path, CRONJOB);
        const status = allows("GET");
        if (status !== 200) return Promise.resolve({ status, body: {} });
        return Promise.resolve(cronJob === undefined ? { status: 404, body: {} } : { status, body: cronJob });
      }
      assert.deepEqual([method, patch], ["PATCH", "apply"]);
      const plain = path.replace(/\?.*/, "");
      const status = allows(plain);
      if (status < 300) {
        written.push(plain);
        if (plain === CRONJOB) cronJob = body;
      }
      return Promise.resolve({ status, body: { message: "you may not" } });
    },
  };
  return { cluster, written };
}

describe("the backstop of test instances", () => {
  it("gets its bounds before its rights, and its CronJob last", async () => {
    const { cluster, written } = madeUp(() => 200);
    assert.equal(await ensureBackstop(cluster, PROGRAMS), undefined);
    const at = (end: RegExp): number => written.findIndex((path) => end.test(path));
    const order = [
      /admissionpolicies\//,
      /admissionpolicybindings\//,
      /\/clusterrolebindings\//,
      /cronjobs\//,
    ];
    const places = order.map(at);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(places.every((place) => place >= 0));
    assert.equal(written.at(-1), CRONJOB);
    assert.equal(written.length, backstopObjects(PROGRAMS).length);
  });

  it("is written once, and again when its program has changed", async () => {
    const { cluster, written } = madeUp(() => 200);
    await ensureBackstop(cluster, PROGRAMS);
    const once = written.length;
    await ensureBackstop(cluster, PROGRAMS);
    assert.equal(written.length, once);
    await ensureBackstop(cluster, { "main.py": "print('something to do')\n" });
    assert.equal(written.length, 2 * once);
  });

  it("is missed aloud by who may not make it, and keeps nobody from deploying", async () => {
    const { cluster, written } = madeUp((path) => (path === "GET" ? 200 : 403));
    const told = await ensureBackstop(cluster, PROGRAMS);
    assert.match(
      told ?? "",
      /nothing in the cluster takes down .*ValidatingAdmissionPolicy.*\(you may not\)/,
    );
    assert.deepEqual(written, []);
  });

  it("gets no rights where nothing can hold it to its namespaces", async () => {
    const { cluster, written } = madeUp((path) => (path.includes("validatingadmission") ? 404 : 200));
    assert.match((await ensureBackstop(cluster, PROGRAMS)) ?? "", /ValidatingAdmissionPolicy/);
    assert.deepEqual(written, []);
  });

  it("is good enough when it is older, for those who may not change it", async () => {
    let mayWrite = true;
    const { cluster } = madeUp((path) => (path === "GET" || mayWrite ? 200 : 403));
    await ensureBackstop(cluster, PROGRAMS);
    mayWrite = false;
    assert.equal(await ensureBackstop(cluster, { "main.py": "pass\n" }), undefined);
  });

  it("is nothing to talk about with those who may not even see it", async () => {
    assert.equal(await ensureBackstop(madeUp(() => 403).cluster, PROGRAMS), undefined);
  });

  it("keeps nobody from deploying when the cluster gives no answer", async () => {
    const cluster: Cluster = {
      server: "https://cluster.example",
      ask: () => Promise.reject(new Error("no answer within 5 s")),
    };
    assert.match((await ensureBackstop(cluster, PROGRAMS)) ?? "", /no answer within 5 s/);
  });

  it("may list and delete namespaces, and nothing else outside its own", () => {
    const rights = backstopObjects(PROGRAMS).filter(({ kind }) => kind === "ClusterRole");
    assert.deepEqual(
      rights.map(({ rules }) => rules),
      [[{ apiGroups: [""], resources: ["namespaces"], verbs: ["get", "list", "delete"] }]],
    );
  });
});
