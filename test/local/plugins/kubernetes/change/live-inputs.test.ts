import assert from "node:assert/strict";
import type { PlainProperties } from "../../../../../local/plugins/frame/values";
import { inputsFromLive, inputsOfImport } from "../../../../../local/plugins/kubernetes/change/live-inputs";
import { parseQuantity } from "../../../../../local/plugins/kubernetes/change/quantity";

const containers = (image: string, limits: PlainProperties, env: PlainProperties[]): PlainProperties => ({
  spec: {
    containers: [
      { name: "web", image, resources: { limits }, env, args: ["-a"], ports: [{ containerPort: 80 }] },
    ],
  },
});

const managed: PlainProperties = {
  managedFields: [
    {
      manager: "us",
      operation: "Apply",
      fieldsV1: {
        "f:spec": {
          "f:containers": {
            'k:{"name":"web"}': {
              ".": {},
              "f:name": {},
              "f:args": {},
              "f:env": { 'k:{"name":"A"}': { ".": {}, "f:name": {}, "f:value": {} } },
              "f:ports": { 'k:{"containerPort":80,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} } },
            },
          },
        },
        "f:metadata": { "f:finalizers": { 'v:"a"': {} } },
      },
    },
  ],
};

const live = (
  image: string,
  limits: PlainProperties,
  env: PlainProperties[],
  rest: PlainProperties = {},
): PlainProperties => {
  const { spec } = containers(image, limits, env) as { spec: { containers: [PlainProperties] } };
  const [web] = spec.containers;
  const full = {
    ...web,
    ports: [{ containerPort: 80, protocol: "TCP" }],
    terminationMessagePath: "/dev/x",
    ...rest,
  };
  return {
    metadata: { ...managed, finalizers: ["a", "b"] },
    spec: { containers: [{ name: "sidecar" }, full] },
  };
};

describe("the inputs as the cluster has them", () => {
  const env = [{ name: "A", value: "1" }];

  it("are the old ones where nothing has changed, whatever others added", () => {
    const inputs = { ...containers("nginx", { cpu: "1000m" }, env), metadata: { finalizers: ["a"] } };
    const now = live("nginx", { cpu: "1" }, [{ name: "INJECTED", value: "x" }, ...env]);
    assert.deepEqual(inputsFromLive(now, inputs), inputs);
  });

  it("show what was changed by hand", () => {
    const inputs = containers("nginx", { cpu: "1000m" }, env);
    const now = live("other", { cpu: "2" }, [], { args: ["-a", "-b"] });
    const [web] = (inputsFromLive(now, inputs).spec as { containers: PlainProperties[] }).containers;
    assert.deepEqual(web, {
      name: "web",
      image: "other",
      resources: { limits: { cpu: "2" } },
      env: [],
      args: ["-a", "-b"],
      ports: [{ containerPort: 80 }],
    });
  });

  it("keep empty values that the API server leaves out", () => {
    const inputs = {
      metadata: { annotations: {} },
      spec: { hostNetwork: false, tolerations: [], nested: { a: "" } },
    };
    assert.deepEqual(inputsFromLive({ metadata: {}, spec: {} }, inputs), inputs);
    assert.deepEqual(inputsFromLive({ metadata: {}, spec: {} }, { spec: { host: "x" } }), { spec: {} });
  });

  it("of a Secret find the text values again in its data", () => {
    const secret = { apiVersion: "v1", kind: "Secret" };
    const now = { ...secret, data: { a: Buffer.from("é").toString("base64") } };
    assert.deepEqual(inputsFromLive(now, { ...secret, stringData: { a: "é", b: "gone" } }), {
      ...secret,
      stringData: { a: "é" },
    });
  });

  it("of an import are all that is not the API server's own", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", mine: "1" };
    const metadata = { name: "x", uid: "u", resourceVersion: "1", managedFields: [], annotations };
    const imported = inputsOfImport({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: { a: "b" },
      status: {},
    });
    assert.deepEqual(imported, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "x", annotations: { mine: "1" } },
      data: { a: "b" },
    });
  });
});

describe("quantities", () => {
  for (const [text, number] of [
    ["1", 1],
    ["500m", 0.5],
    ["1.5Gi", 1.5 * 2 ** 30],
    ["1e3", 1000],
    [".5k", 500],
    ["100M", 1e8],
  ] as const) {
    it(`${text} is ${number}`, () => {
      assert.equal(parseQuantity(text), number);
    });
  }
  for (const text of ["", "big", "1 Gi", "1GiB", "Gi"]) {
    it(`${JSON.stringify(text)} is none`, () => {
      assert.equal(parseQuantity(text), undefined);
    });
  }
});
