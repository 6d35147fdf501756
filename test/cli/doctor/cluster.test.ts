import assert from "node:assert/strict";

import { clusterChecks, type ClusterFacts } from "../../../cli/commands/doctor/checks/cluster";
import type { PlannedObject } from "../../../cli/planned";
import { FakeCluster, findingOf, findingsOf } from "./support";

const NOON = Date.parse("2026-01-01T12:00:00Z");

function planned(apiVersion: string, kind: string, name: string, spec: object = {}): PlannedObject {
  const namespace = kind === "Namespace" ? "" : "packit";
  return { apiVersion, kind, name, namespace, body: { spec } };
}

const OBJECTS = [
  planned("v1", "Namespace", "packit"),
  planned("v1", "PersistentVolumeClaim", "data", { storageClassName: "fast" }),
  planned("apps/v1", "Deployment", "api", {
    replicas: 2,
    template: { spec: { priorityClassName: "high" } },
  }),
];

const ANSWERS = {
  "/version": { gitVersion: "v1.31.2", minor: "31+" },
  "/api/v1": {
    resources: [
      { name: "namespaces", kind: "Namespace" },
      { name: "namespaces/status", kind: "Namespace" },
      { name: "persistentvolumeclaims", kind: "PersistentVolumeClaim" },
    ],
  },
  "/apis/apps/v1": { resources: [{ name: "deployments", kind: "Deployment" }] },
  "/apis/storage.k8s.io/v1/storageclasses": { items: [{ metadata: { name: "fast" } }] },
  "/apis/scheduling.k8s.io/v1/priorityclasses/high": {},
  "/apis/apps/v1/namespaces/packit/deployments/api": { status: { readyReplicas: 2 } },
};

type Allows = ConstructorParameters<typeof FakeCluster>[1];

function facts(
  changes: Readonly<Record<string, unknown>> = {},
  more: Partial<ClusterFacts> = {},
  allows?: Allows,
): ClusterFacts {
  const cluster = new FakeCluster({ ...ANSWERS, ...changes }, allows);
  return {
    stack: "stg",
    local: false,
    running: () => Promise.resolve(true),
    durable: true,
    cluster: () => Promise.resolve(cluster),
    objects: () => Promise.resolve(OBJECTS),
    publicHosts: () => Promise.resolve(["stg.packit.dev"]),
    lookup: () => Promise.resolve(),
    now: () => NOON,
    ...more,
  };
}

describe("what packit-stacks doctor finds of a cluster", () => {
  it("is in order when everything is there", async () => {
    const settings = { id: "settings", run: () => ({ verdict: "ok", says: "" }) as const };
    const findings = await findingsOf([settings, ...clusterChecks(facts())]);
    for (const { id, verdict, says } of Object.values(findings))
      assert.equal(verdict, "ok", `${id}: ${says}`);
  });

  it("is nothing while the control plane of this machine is stopped", async () => {
    const stopped = facts({}, { local: true, running: () => Promise.resolve(false) });
    const settings = { id: "settings", run: () => ({ verdict: "ok", says: "" }) as const };
    const findings = await findingsOf([settings, ...clusterChecks(stopped)]);
    assert.match(findings.cluster?.says ?? "", /is stopped/);
    assert.deepEqual(findings.rights, { id: "rights", verdict: "skipped", says: "see cluster" });
  });

  it("is that it does not answer, does not know the user, is too old, or is something else", async () => {
    const cases: [unknown, RegExp][] = [
      [new Error("connect ECONNREFUSED"), /ECONNREFUSED/],
      [401, /does not know you/],
      [503, /no Kubernetes API \(HTTP 503\)/],
      [{ gitVersion: "v1.20.0", minor: "20" }, /is v1\.20\.0/],
    ];
    for (const [version, says] of cases) {
      const finding = await findingOf(clusterChecks(facts({ "/version": version })), "cluster");
      assert.equal(finding.verdict, "failed");
      assert.match(finding.says, says);
      assert.ok(finding.fix);
    }
  });

  it("is how far the clocks are apart, beyond the second that the answer is rounded to", async () => {
    const at = (offset: number) => findingOf(clusterChecks(facts({}, { now: () => NOON + offset })), "clock");
    assert.equal((await at(20_000)).verdict, "ok");
    assert.equal((await at(-60_000)).verdict, "warning");
    assert.equal((await at(600_000)).verdict, "failed");
  });

  it("is every right that is missing, by kind and namespace", async () => {
    const allows: Allows = (verb, resource) => !(resource === "deployments" && verb !== "get");
    const finding = await findingOf(clusterChecks(facts({}, {}, allows)), "rights");
    assert.equal(finding.verdict, "failed");
    assert.equal(finding.says, "you may not list, watch, create, patch, delete deployments.apps in packit");
  });

  it("is the right to make a namespace only as long as it is not there, and to delete it only if it goes", async () => {
    const allows: Allows = (verb, resource) =>
      resource !== "namespaces" || !["create", "delete"].includes(verb);
    const there = { "/api/v1/namespaces/packit": {} };
    const rights = (changes: object, durable: boolean) =>
      findingOf(clusterChecks(facts({ ...changes }, { durable }, allows)), "rights");
    assert.equal((await rights(there, true)).verdict, "ok");
    assert.match((await rights(there, false)).says, /^you may not delete namespaces$/);
    assert.match((await rights({}, true)).says, /^you may not create namespaces$/);
  });

  it("is kinds that this kind of cluster does not have", async () => {
    const objects = [...OBJECTS, planned("route.openshift.io/v1", "Route", "api")];
    const finding = await findingOf(
      clusterChecks(facts({}, { objects: () => Promise.resolve(objects) })),
      "rights",
    );
    assert.match(finding.says, /has no route\.openshift\.io\/v1 Route/);
    assert.match(finding.fix ?? "", /packit:platform/);
  });

  it("is classes that are not there, or cannot be seen", async () => {
    const missing = {
      "/apis/storage.k8s.io/v1/storageclasses": { items: [{ metadata: { name: "slow" } }] },
      "/apis/scheduling.k8s.io/v1/priorityclasses/high": undefined,
    };
    const finding = await findingOf(clusterChecks(facts(missing)), "classes");
    assert.match(finding.says, /no StorageClass fast; there are slow\nthere is no PriorityClass high/);
    const unseen = { "/apis/storage.k8s.io/v1/storageclasses": 403 };
    assert.equal((await findingOf(clusterChecks(facts(unseen)), "classes")).verdict, "skipped");
    const claim = planned("v1", "PersistentVolumeClaim", "data");
    const noDefault = facts({}, { objects: () => Promise.resolve([claim]) });
    assert.match((await findingOf(clusterChecks(noDefault), "classes")).says, /no default StorageClass/);
  });

  it("is workloads that are not ready, not there, or not deployed at all", async () => {
    const path = "/apis/apps/v1/namespaces/packit/deployments/api";
    const one = await findingOf(
      clusterChecks(facts({ [path]: { status: { readyReplicas: 1 } } })),
      "workloads",
    );
    assert.equal(one.says, "api: 1 of 2 pods are ready");
    assert.equal(
      (await findingOf(clusterChecks(facts({ [path]: undefined })), "workloads")).verdict,
      "skipped",
    );
    const two = [...OBJECTS, planned("apps/v1", "Deployment", "dashboard")];
    const some = facts({}, { objects: () => Promise.resolve(two) });
    assert.match((await findingOf(clusterChecks(some), "workloads")).says, /not there: dashboard/);
  });

  it("is hosts that no DNS knows", async () => {
    const unknown = facts({}, { lookup: () => Promise.reject(new Error("ENOTFOUND")) });
    const finding = await findingOf(clusterChecks(unknown), "hosts");
    assert.equal(finding.verdict, "warning");
    assert.match(finding.says, /stg\.packit\.dev/);
  });
});
