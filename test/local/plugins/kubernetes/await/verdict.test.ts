import assert from "node:assert/strict";
import type { PlainProperties } from "../../../../../local/plugins/frame/values";
import { podProblem } from "../../../../../local/plugins/kubernetes/await/pods";
import { judge } from "../../../../../local/plugins/kubernetes/await/verdict";
import { patienceFor } from "../../../../../local/plugins/kubernetes/await/wait";

/** "ready", or what is waited for. */
function waiting(apiVersion: string, kind: string, spec: PlainProperties, status: PlainProperties): string {
  const verdict = judge({ apiVersion, kind, metadata: { generation: 2 }, spec, status });
  if (verdict.ready) return "ready";
  return verdict.failed === true ? `failed: ${verdict.waiting}` : verdict.waiting;
}

const seen = { observedGeneration: 2 };

describe("readiness", () => {
  for (const [kind, spec, status, expected] of [
    ["Deployment", {}, { observedGeneration: 1 }, "its controller has not seen it yet"],
    ["Deployment", { replicas: 2 }, { ...seen, updatedReplicas: 1 }, "1 of 2 pods are up to date"],
    ["Deployment", {}, { ...seen, updatedReplicas: 1, replicas: 2 }, "1 old pods have not ended yet"],
    ["Deployment", {}, { ...seen, updatedReplicas: 1, replicas: 1 }, "0 of 1 pods are ready"],
    ["Deployment", {}, { ...seen, updatedReplicas: 1, replicas: 1, availableReplicas: 1 }, "ready"],
    ["Deployment", { replicas: 0 }, seen, "ready"],
    ["Deployment", { paused: true }, seen, "ready"],
    ["StatefulSet", { replicas: 2 }, { ...seen, updatedReplicas: 1 }, "1 of 2 pods are up to date"],
    [
      "StatefulSet",
      { replicas: 2 },
      { ...seen, updatedReplicas: 2, readyReplicas: 1 },
      "1 of 2 pods are ready",
    ],
    ["StatefulSet", { replicas: 2 }, { ...seen, updatedReplicas: 2, readyReplicas: 2 }, "ready"],
    [
      "StatefulSet",
      { replicas: 2, updateStrategy: { rollingUpdate: { partition: 2 } } },
      { ...seen, readyReplicas: 2 },
      "ready",
    ],
    [
      "DaemonSet",
      {},
      { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 1 },
      "1 of 2 pods are up to date",
    ],
    [
      "DaemonSet",
      {},
      { ...seen, desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1 },
      "ready",
    ],
  ] as const) {
    it(`of a ${kind} with ${JSON.stringify(spec)} and ${JSON.stringify(status)}: ${expected}`, () => {
      assert.equal(waiting("apps/v1", kind, spec as PlainProperties, status), expected);
    });
  }

  it("of a Job is its end, good or bad", () => {
    const job = (status: PlainProperties, spec = {}): string => waiting("batch/v1", "Job", spec, status);
    assert.equal(job({ active: 1 }), "1 of its pods run");
    assert.equal(job({ conditions: [{ type: "Complete", status: "True" }] }), "ready");
    const failed = { type: "Failed", status: "True", reason: "BackoffLimitExceeded", message: "too often" };
    assert.equal(job({ conditions: [failed] }), "failed: it failed: BackoffLimitExceeded: too often");
    assert.equal(job({}, { suspend: true }), "ready");
  });

  it("of claims, namespaces, projects, services, pods and definitions is their phase or condition", () => {
    assert.equal(
      waiting("v1", "PersistentVolumeClaim", {}, { phase: "Pending" }),
      "no volume is bound to it",
    );
    assert.equal(waiting("v1", "PersistentVolumeClaim", {}, { phase: "Lost" }), "failed: its volume is lost");
    assert.equal(waiting("v1", "Namespace", {}, { phase: "Active" }), "ready");
    assert.equal(waiting("project.openshift.io/v1", "Project", {}, {}), "its phase is not set");
    assert.equal(waiting("v1", "Service", { type: "ClusterIP" }, {}), "ready");
    assert.match(waiting("v1", "Service", { type: "LoadBalancer" }, {}), /no load balancer/);
    assert.equal(waiting("v1", "Pod", {}, { phase: "Pending" }), "its phase is Pending");
    const established = { conditions: [{ type: "Established", status: "True" }] };
    assert.equal(waiting("apiextensions.k8s.io/v1", "CustomResourceDefinition", {}, established), "ready");
    assert.equal(waiting("cert-manager.io/v1", "Certificate", {}, {}), "ready");
  });

  it("is what annotations say", () => {
    const certificate = (annotations: PlainProperties, status: PlainProperties): PlainProperties => ({
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { annotations },
      status,
    });
    const of = (wish: string, status: PlainProperties): unknown => {
      const verdict = judge(certificate({ "pulumi.com/waitFor": wish }, status));
      return verdict.ready || verdict.waiting;
    };
    const ready = { conditions: [{ type: "Ready", status: "True" }], phase: "Active", count: 2 };
    assert.equal(of("condition=Ready", {}), "its condition Ready is not set");
    assert.equal(of("condition=Ready=False", ready), "its condition Ready is True");
    assert.equal(of("condition=Ready", ready), true);
    assert.equal(of("jsonpath={.status.phase}=Active", ready), true);
    assert.equal(of("jsonpath={.status.count}=3", ready), "its status.count is 2");
    assert.equal(of(`["condition=Ready","jsonpath={.status.other}"]`, ready), "its status.other is not set");
    assert.throws(
      () => of("soon", ready),
      /pulumi\.com\/waitFor: "soon" is neither condition=… nor jsonpath=\{…\}/,
    );
    const skipped = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { annotations: { "pulumi.com/skipAwait": "true" } },
    };
    assert.equal(judge(skipped).ready, true);
  });

  it("is waited for as long as the option, the annotation or the custom says, in this order", () => {
    const object = (timeoutSeconds: string): PlainProperties => ({
      metadata: { annotations: { "pulumi.com/timeoutSeconds": timeoutSeconds } },
    });
    assert.deepEqual(
      [patienceFor(object("30"), 5), patienceFor(object("30"), 0), patienceFor({}, 0)],
      [5, 30, 600],
    );
  });
});

describe("a pod that is not ready", () => {
  const pod = (status: PlainProperties): string | undefined =>
    podProblem({ metadata: { name: "p" }, status });
  const container = (rest: PlainProperties): string | undefined =>
    pod({ phase: "Pending", containerStatuses: [{ name: "web", ...rest }] });

  it("says why in its own words", () => {
    const condition = {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message: "0/1 nodes",
    };
    assert.equal(pod({ phase: "Pending", conditions: [condition] }), "Unschedulable: 0/1 nodes");
    assert.equal(
      container({ state: { waiting: { reason: "ImagePullBackOff", message: "Back-off pulling" } } }),
      "web: ImagePullBackOff: Back-off pulling",
    );
    const lastState = { terminated: { exitCode: 1, reason: "Error", message: "no database" } };
    assert.equal(
      container({ state: { waiting: { reason: "CrashLoopBackOff" } }, lastState }),
      "web: CrashLoopBackOff (last time: ended with exit code 1, Error: no database)",
    );
    assert.equal(
      container({ state: { terminated: { exitCode: 137, reason: "OOMKilled" } } }),
      "web: ended with exit code 137, OOMKilled",
    );
    const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };
    assert.equal(container({ ready: false, started: true, state: running }), "web: runs, but is not ready");
  });

  it("says nothing while it starts as it should, or is ready", () => {
    assert.equal(container({ state: { waiting: { reason: "ContainerCreating" } } }), undefined);
    assert.equal(pod({ phase: "Running", conditions: [{ type: "Ready", status: "True" }] }), undefined);
    assert.equal(pod({ phase: "Succeeded" }), undefined);
  });
});
