import assert from "node:assert/strict";
import type { CheckRequest, CheckResult } from "../../../../local/plugins/frame/provider";
import { type Properties, Secret, unknown } from "../../../../local/plugins/frame/values";
import { checkInputs } from "../../../../local/plugins/kubernetes/check";
import { fieldManager, idOf, parseId } from "../../../../local/plugins/kubernetes/names";
import { parseToken, unservedKind } from "../../../../local/plugins/kubernetes/token";

function check(
  news: Properties,
  more: Partial<CheckRequest> = {},
  namespaced: boolean | undefined = true,
): CheckResult {
  const request: CheckRequest = {
    urn: "urn:pulumi:dev::packit::kubernetes:core/v1:ConfigMap::web",
    type: "kubernetes:core/v1:ConfigMap",
    name: "web",
    olds: undefined,
    news,
    randomSeed: new Uint8Array([1, 2, 3]),
    autonaming: undefined,
    ...more,
  };
  return checkInputs(request, { namespaced, namespace: "usual" });
}

const named = { metadata: { name: "web", namespace: "packit" } };

describe("inputs of an object", () => {
  it("are completed with kind and namespace", () => {
    assert.deepEqual(check({ metadata: { name: "web" } }).inputs, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "web", namespace: "usual" },
    });
    assert.deepEqual(check(named).inputs.metadata, named.metadata);
    assert.deepEqual(check({ metadata: { name: "web" } }, {}, false).inputs.metadata, { name: "web" });
    assert.deepEqual(check({ metadata: unknown }).inputs.metadata, unknown);
  });

  it("lose what only the API server writes, and nulls", () => {
    const metadata = { ...named.metadata, uid: "x", creationTimestamp: null, labels: { a: null } };
    assert.deepEqual(check({ metadata }).inputs.metadata, { ...named.metadata, labels: {} });
  });

  it("get a name of their own that stays", () => {
    const first = check({ metadata: { namespace: "packit" } }).inputs;
    const { name, annotations } = first.metadata as Properties;
    assert.match(name as string, /^web-[0-9a-f]{8}$/);
    assert.deepEqual(annotations, { "pulumi.com/autonamed": "true" });
    const again = check(
      { metadata: { namespace: "packit" } },
      { olds: first, randomSeed: new Uint8Array([9]) },
    );
    assert.deepEqual(again.inputs, first);
    const fresh = check({ metadata: { namespace: "packit" } }, { randomSeed: new Uint8Array([9]) });
    assert.notEqual((fresh.inputs.metadata as Properties).name, name);
  });

  it("are named as the stack's settings say", () => {
    const wish = (mode: "propose" | "disable"): Partial<CheckRequest> => ({
      autonaming: { proposedName: mode === "propose" ? "dev-web" : "", mode },
    });
    assert.equal((check({}, wish("propose")).inputs.metadata as Properties).name, "dev-web");
    assert.throws(
      () => check({}, wish("disable")),
      /web: this stack's settings forbid made-up names; set metadata\.name/,
    );
    assert.equal((check({ metadata: { generateName: "x-" } }).inputs.metadata as Properties).name, undefined);
  });

  it("of a Secret are secret whatever they were made of, and marks are kept", () => {
    const type = "kubernetes:core/v1:Secret";
    const { inputs } = check({ metadata: new Secret({ name: "db" }), stringData: { a: "b" } }, { type });
    assert.deepEqual(inputs.stringData, new Secret({ a: "b" }));
    assert.deepEqual(inputs.metadata, new Secret({ name: "db", namespace: "usual" }));
  });

  it("are refused when they name another kind, or no name", () => {
    const { failures } = check({ kind: "Secret", metadata: { name: 3, namespace: "" } });
    assert.deepEqual(failures, [
      { property: "kind", reason: `kind is "Secret", but the resource's type says "ConfigMap"` },
      { property: "metadata.name", reason: "metadata.name must be a string that is not empty, got 3" },
      {
        property: "metadata.namespace",
        reason: `metadata.namespace must be a string that is not empty, got ""`,
      },
    ]);
  });
});

describe("type tokens", () => {
  it("name group, version and kind", () => {
    assert.deepEqual(parseToken("kubernetes:core/v1:Service"), { apiVersion: "v1", kind: "Service" });
    const route = { apiVersion: "route.openshift.io/v1", kind: "Route" };
    assert.deepEqual(parseToken("kubernetes:route.openshift.io/v1:Route"), route);
  });

  for (const [token, words] of [
    ["kubernetes:core/v1:ConfigMapList", /makes single whole objects; use ConfigMap,/],
    ["kubernetes:apps/v1:DeploymentPatch", /use Deployment, or install the official plugin/],
    ["kubernetes:helm.sh/v3:Release", /no kubernetes:helm.sh\/v3:Release: .* no charts and no files/],
    ["kubernetes:yaml/v2:ConfigGroup", /no charts and no files/],
    ["kubernetes:nonsense", /"kubernetes:nonsense" is no kind of Kubernetes object/],
  ] as const) {
    it(`refuse ${token}`, () => {
      assert.throws(() => parseToken(token), words);
    });
  }

  it("that the API server does not serve are named with the nearest kind", () => {
    const route = { apiVersion: "route.openshift.io/v1", kind: "Ruote" };
    assert.match(unservedKind(route, ["Route"]), /did you mean Route of route\.openshift\.io\/v1\?/);
    assert.match(unservedKind(route, []), /install its CustomResourceDefinition first/);
  });
});

describe("names", () => {
  it("of field managers differ by stack and resource, and are short enough", () => {
    const urn = (stack: string, name: string): string =>
      `urn:pulumi:${stack}::packit::kubernetes:core/v1:ConfigMap::${name}`;
    assert.match(fieldManager(urn("dev-pr-614", "a")), /^pulumi-kubernetes\/dev-pr-614\/[0-9a-f]{8}$/);
    assert.equal(new Set([urn("a", "x"), urn("b", "x"), urn("a", "y")].map(fieldManager)).size, 3);
    assert.ok(fieldManager(urn("x".repeat(200), "a")).length <= 128);
  });

  it("of objects are their ids", () => {
    assert.equal(idOf({ metadata: { name: "a", namespace: "b" } }), "b/a");
    assert.equal(idOf({ metadata: { name: "a" } }), "a");
    assert.deepEqual(parseId("b/a", "usual"), { namespace: "b", name: "a" });
    assert.deepEqual(parseId("a", "usual"), { namespace: "usual", name: "a" });
  });
});
