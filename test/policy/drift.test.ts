import assert from "node:assert/strict";

import { driftsOf } from "../../policy/drift/drift";
import { managerOf } from "../../policy/drift/manager";
import { parsePreview } from "../../policy/gate/parse";

const URN = "urn:pulumi:prod::packit::kubernetes:apps/v1:Deployment::web";
const IMAGE = "spec.template.spec.containers[0].image";

function refreshed(step: object): ReturnType<typeof driftsOf> {
  return driftsOf(parsePreview(Buffer.from(JSON.stringify({ steps: [{ urn: URN, ...step }] }))));
}

function state(spec: object, more: object = {}): object {
  return {
    urn: URN,
    type: "kubernetes:apps/v1:Deployment",
    id: "ns/web",
    inputs: { apiVersion: "apps/v1", kind: "Deployment", spec },
    ...more,
  };
}

function pods(image: string): object {
  return { template: { spec: { containers: [{ name: "web", image }] } } };
}

describe("drift", () => {
  it("is a field that the stack sets and somebody has changed", () => {
    const [drift] = refreshed({
      op: "update",
      oldState: state({ replicas: 1 }),
      newState: state({ replicas: 2 }),
    });
    assert.deepEqual(drift?.fields, [{ path: "spec.replicas", before: 1, after: 2 }]);
    assert.deepEqual([drift.resource, drift.id, drift.gone], ["Deployment/web", "ns/web", false]);
  });

  it("is a resource that is gone", () => {
    assert.equal(refreshed({ op: "delete", oldState: state({}) })[0]?.gone, true);
  });

  it("is nothing that the stack leaves to others, and nothing that only the cluster sets", () => {
    const ignored = state(pods("a"), { ignoreChanges: [IMAGE] });
    assert.deepEqual(refreshed({ op: "update", oldState: ignored, newState: state(pods("b")) }), []);
    assert.deepEqual(refreshed({ op: "update", oldState: state({}), newState: state({}) }), []);
    assert.deepEqual(refreshed({ op: "refresh", oldState: state({}), newState: state({}) }), []);
    assert.equal(
      refreshed({ op: "update", oldState: state(pods("a")), newState: state(pods("b")) }).length,
      1,
    );
  });
});

describe("whoever changed a field", () => {
  const entry = (manager: string, time: string, fieldsV1: object): object => ({ manager, time, fieldsV1 });
  const object = (...managedFields: object[]): object => ({ metadata: { managedFields } });
  const replicas = { "f:spec": { "f:replicas": {} } };

  it("is the last manager of it who is not the stack", () => {
    const live = object(
      entry("kubectl-edit", "2026-01-01T00:00:00Z", replicas),
      entry("kubectl", "2026-01-02T00:00:00Z", replicas),
      entry("pulumi-kubernetes/prod/1", "2026-01-03T00:00:00Z", replicas),
      entry("controller", "2026-01-04T00:00:00Z", { "f:status": {} }),
    );
    assert.deepEqual(managerOf(live, "spec.replicas"), { name: "kubectl", time: "2026-01-02T00:00:00Z" });
    assert.equal(managerOf(live, "spec.paused"), undefined);
    assert.equal(managerOf({}, "spec.replicas"), undefined);
  });

  it("is found for elements of lists and for keys with dots", () => {
    const image = {
      "f:spec": { "f:template": { "f:spec": { "f:containers": { 'k:{"name":"web"}': { "f:image": {} } } } } },
    };
    const label = { "f:metadata": { "f:labels": { "f:app.kubernetes.io/name": {} } } };
    assert.equal(managerOf(object(entry("a", "1", image)), IMAGE)?.name, "a");
    assert.equal(
      managerOf(object(entry("b", "1", label)), 'metadata.labels["app.kubernetes.io/name"]')?.name,
      "b",
    );
  });
});
