import assert from "node:assert/strict";
import fc from "fast-check";
import type { DiffResult } from "../../../../../local/plugins/frame/provider";
import {
  type PlainProperties,
  type Properties,
  Secret,
  unknown,
} from "../../../../../local/plugins/frame/values";
import { diffInputs } from "../../../../../local/plugins/kubernetes/change/diff";

const mutable = { enableSecretMutable: true, enableConfigMapMutable: true };

function diff(olds: Properties, news: Properties, settings = mutable, state: Properties = {}): DiffResult {
  const request = { urn: "", type: "", name: "", id: "", ignoreChanges: [] };
  const applied = { __fieldManager: "pulumi-kubernetes/dev/1", ...state };
  return diffInputs({ ...request, state: applied, oldInputs: olds, news }, settings);
}

const object = (apiVersion: string, kind: string, rest: PlainProperties = {}): PlainProperties => ({
  apiVersion,
  kind,
  metadata: { name: "x", namespace: "packit" },
  ...rest,
});

describe("a diff", () => {
  it("of the same inputs is empty", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (rest) => {
        const inputs = object("v1", "ConfigMap", rest as PlainProperties);
        assert.deepEqual(diff(inputs, structuredClone(inputs)).changes, {});
      }),
    );
  });

  it("names each change by its path", () => {
    const before = object("v1", "ConfigMap", { data: { a: "1", b: "2" }, list: ["x", "y"] });
    const after = object("v1", "ConfigMap", { data: { a: "3", "c.d": "4" }, list: ["x"] });
    assert.deepEqual(diff(before, after).changes, {
      "data.a": "update",
      "data.b": "delete",
      'data["c.d"]': "add",
      "list[1]": "delete",
    });
  });

  it("counts an unknown value as a change", () => {
    const before = object("v1", "ConfigMap", { data: { a: "1" } });
    assert.deepEqual(diff(before, { ...before, data: { a: unknown } }).changes, { "data.a": "update" });
    assert.deepEqual(diff(before, { ...before, data: unknown }).changes, { data: "update" });
  });

  it("holds no secret value", () => {
    const before = object("v1", "Secret");
    const text = JSON.stringify(
      diff({ ...before, data: new Secret({ a: "old" }) }, { ...before, data: { a: "new" } }),
    );
    assert.ok(!text.includes("old") && !text.includes("new"));
  });

  it("of an imported object leaves out what the program does not set", () => {
    const live = object("apps/v1", "Deployment", {
      spec: { replicas: 2, strategy: { type: "RollingUpdate" } },
    });
    const state = { ...live, __fieldManager: "" };
    const same = object("apps/v1", "Deployment", { spec: { replicas: 2 } });
    assert.deepEqual(diff(live, same, mutable, state).changes, {});
    const other = object("apps/v1", "Deployment", { spec: { replicas: 3 } });
    assert.deepEqual(diff(live, other, mutable, state).changes, { "spec.replicas": "update" });
    assert.deepEqual(diff(live, same).changes, { "spec.strategy.type": "delete" });
  });
});

/** Two values of a field, by group/version, kind and the field's path; whether the object is replaced. */
const table: readonly (readonly [string, string, string, boolean])[] = [
  ["v1", "ConfigMap", "metadata.name", true],
  ["v1", "ConfigMap", "metadata.namespace", true],
  ["v1", "ConfigMap", "metadata.labels", false],
  ["v1", "PersistentVolumeClaim", "spec.accessModes", true],
  ["v1", "PersistentVolumeClaim", "spec.selector.matchLabels", true],
  ["v1", "PersistentVolumeClaim", "spec.storageClassName", true],
  ["v1", "PersistentVolumeClaim", "spec.volumeName", true],
  ["v1", "PersistentVolumeClaim", "spec.resources.requests", false],
  ["apps/v1", "StatefulSet", "spec.podManagementPolicy", true],
  ["apps/v1", "StatefulSet", "spec.revisionHistoryLimit", true],
  ["apps/v1", "StatefulSet", "spec.selector", true],
  ["apps/v1", "StatefulSet", "spec.serviceName", true],
  ["apps/v1", "StatefulSet", "spec.volumeClaimTemplates", true],
  ["apps/v1", "StatefulSet", "spec.template.spec", false],
  ["apps/v1", "Deployment", "spec.selector.matchLabels", true],
  ["apps/v1", "Deployment", "spec.revisionHistoryLimit", false],
  ["apps/v1", "DaemonSet", "spec.selector", true],
  ["batch/v1", "Job", "spec.template.spec", true],
  ["batch/v1", "Job", "spec.completions", true],
  ["batch/v1", "Job", "spec.parallelism", true],
  ["batch/v1", "CronJob", "spec.jobTemplate", false],
  ["v1", "Service", "spec.clusterIP", true],
  ["v1", "Service", "spec.ports", false],
  ["rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef.name", true],
  ["rbac.authorization.k8s.io/v1", "RoleBinding", "subjects", false],
  ["v1", "PersistentVolume", "spec.hostPath.path", true],
  ["v1", "PersistentVolume", "spec.capacity", false],
  ["storage.k8s.io/v1", "StorageClass", "parameters", true],
  ["storage.k8s.io/v1", "StorageClass", "provisioner", true],
  ["v1", "ResourceQuota", "spec.scopes", true],
  ["v1", "ResourceQuota", "spec.hard", false],
  ["v1", "Secret", "type", true],
  ["v1", "Secret", "data.a", false],
  ["v1", "ConfigMap", "data.a", false],
  ["v1", "Pod", "spec.nodeName", true],
  ["v1", "Pod", "spec.activeDeadlineSeconds", false],
  ["route.openshift.io/v1", "Route", "spec.host", false],
];

describe("a change", () => {
  const nested = (path: string, value: string): PlainProperties =>
    path
      .split(".")
      .reduceRight<PlainProperties | string>((inner, key) => ({ [key]: inner }), value) as PlainProperties;
  const withField = (apiVersion: string, kind: string, path: string, value: string): PlainProperties => {
    const field = nested(path, value);
    const metadata = { name: "x", namespace: "packit", ...(field.metadata as PlainProperties | undefined) };
    return { apiVersion, kind, ...field, metadata };
  };
  for (const [apiVersion, kind, path, replaced] of table) {
    it(`of a ${kind}'s ${path} ${replaced ? "makes a new object" : "is made in place"}`, () => {
      const { changes } = diff(
        withField(apiVersion, kind, path, "a"),
        withField(apiVersion, kind, path, "b"),
      );
      assert.deepEqual(changes, { [path]: replaced ? "update-replace" : "update" });
    });
  }

  it("of a container of a Pod makes a new one, of its count does not say so", () => {
    const pod = (image: string): PlainProperties =>
      object("v1", "Pod", { spec: { containers: [{ name: "c", image }] } });
    assert.deepEqual(diff(pod("a"), pod("b")).changes, { "spec.containers[0].image": "update-replace" });
  });

  it("of data makes a new object unless the provider is told otherwise, or the object is immutable", () => {
    const fixed = { enableSecretMutable: false, enableConfigMapMutable: false };
    for (const kind of ["ConfigMap", "Secret"]) {
      const [before, after] = ["1", "2"].map((a) => object("v1", kind, { data: { a } }));
      assert.ok(before !== undefined && after !== undefined);
      assert.deepEqual(diff(before, after, fixed).changes, { "data.a": "update-replace" });
      assert.deepEqual(diff(before, after).changes, { "data.a": "update" });
      const immutable = { ...before, immutable: true };
      assert.deepEqual(diff(immutable, { ...after, immutable: true }).changes, {
        "data.a": "update-replace",
      });
      assert.deepEqual(diff(before, { ...before, immutable: true }, fixed).changes, { immutable: "add" });
    }
  });

  it("adds a part that replaces, where the whole map is new", () => {
    const before = object("v1", "PersistentVolumeClaim");
    const after = object("v1", "PersistentVolumeClaim", { spec: { volumeName: "v", resources: {} } });
    assert.deepEqual(diff(before, after).changes, {
      "spec.volumeName": "add-replace",
      "spec.resources": "add",
    });
  });

  it("deletes the old object first only when both must have the same name", () => {
    const secret = (type: string, metadata: PlainProperties): PlainProperties => ({
      ...object("v1", "Secret"),
      type,
      metadata,
    });
    const fixed = { name: "x", namespace: "packit" };
    assert.equal(diff(secret("a", fixed), secret("b", fixed)).deleteBeforeReplace, true);
    assert.equal(diff(secret("a", fixed), secret("a", { ...fixed, name: "y" })).deleteBeforeReplace, false);
    const auto = { ...fixed, annotations: { "pulumi.com/autonamed": "true" } };
    assert.equal(diff(secret("a", auto), secret("b", auto)).deleteBeforeReplace, false);
    assert.equal(diff(secret("a", fixed), { ...secret("a", fixed), data: {} }).deleteBeforeReplace, false);
  });
});
