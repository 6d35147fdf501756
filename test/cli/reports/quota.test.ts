import assert from "node:assert/strict";

import { sumsOf } from "../../../cli/commands/quota/sums";
import type { PlannedObject } from "../../../cli/planned";

const MIB = 2 ** 20;

function planned(kind: string, spec: object, namespace = "packit"): PlannedObject {
  return { apiVersion: "v1", kind, name: kind.toLowerCase(), namespace, body: { spec } };
}

function container(memory: string, cpu: string, limit = memory) {
  return { resources: { requests: { memory, cpu }, limits: { memory: limit, cpu } } };
}

describe("the sums of what a stack asks for", () => {
  it("count replicas, and a pod more while a Deployment is replaced without a pause", () => {
    const template = { spec: { containers: [container("100Mi", "200m", "300Mi"), container("50Mi", "1")] } };
    const [sums, ...others] = sumsOf([
      planned("Deployment", { replicas: 2, strategy: { type: "RollingUpdate" }, template }),
      planned("StatefulSet", { replicas: 2, template }),
      planned("Deployment", { replicas: 0, strategy: { type: "RollingUpdate" }, template }),
    ]);
    assert.equal(others.length, 0);
    assert.equal(sums?.pods, 5);
    assert.equal(sums.requestedMemory, 5 * 150 * MIB);
    assert.equal(sums.limitedMemory, 5 * 350 * MIB);
    assert.ok(Math.abs(sums.requestedCpu - 5 * 1.2) < 1e-9);
  });

  it("count jobs at fixed times, and claims, in each namespace", () => {
    const spec = { containers: [container("64Mi", "100m")] };
    const sums = sumsOf([
      planned("CronJob", { jobTemplate: { spec: { template: { spec } } } }),
      planned("PersistentVolumeClaim", { resources: { requests: { storage: "4Gi" } } }, "sandbox"),
      planned("PersistentVolumeClaim", { resources: { requests: { storage: "1Gi" } } }, "sandbox"),
      planned("ConfigMap", {}, "elsewhere"),
    ]);
    assert.deepEqual(
      sums.map(({ namespace, pods, claims, storage }) => ({ namespace, pods, claims, storage })),
      [
        { namespace: "packit", pods: 1, claims: 0, storage: 0 },
        { namespace: "sandbox", pods: 0, claims: 2, storage: 5 * 1024 * MIB },
      ],
    );
  });

  it("count what runs before the containers as Kubernetes does: alone, unless it stays", () => {
    const pod = (restartPolicy?: string) => ({
      containers: [container("100Mi", "100m")],
      initContainers: [{ ...container("400Mi", "100m"), ...(restartPolicy && { restartPolicy }) }],
    });
    const memory = (spec: object) =>
      sumsOf([planned("StatefulSet", { template: { spec } })])[0]?.requestedMemory;
    assert.equal(memory(pod()), 400 * MIB);
    assert.equal(memory(pod("Always")), 500 * MIB);
  });

  it("take a limit for what is promised where nothing is", () => {
    const containers = [{ resources: { limits: { memory: "64Mi", cpu: "1" } } }];
    const [sums] = sumsOf([planned("StatefulSet", { template: { spec: { containers } } })]);
    assert.equal(sums?.requestedMemory, 64 * MIB);
  });
});
