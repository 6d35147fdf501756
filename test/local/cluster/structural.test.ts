import assert from "node:assert/strict";

import { makeDefinitions } from "../../../local/cluster/schemas/definitions";
import { publishedKinds, publishedName } from "../../../local/cluster/schemas/kinds";
import { type Schema, toStructural, withoutDescriptions } from "../../../local/cluster/schemas/structural";

const types: Record<string, Schema> = {
  Thing: {
    type: "object",
    description: "a thing",
    required: ["spec"],
    properties: {
      spec: { description: "what is wanted", default: {}, $ref: "#/definitions/ThingSpec" },
      description: { type: "string", description: "a field of that name" },
    },
  },
  ThingSpec: {
    type: "object",
    properties: {
      memory: { $ref: "#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity" },
      port: { $ref: "#/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString" },
      raw: { $ref: "#/definitions/io.k8s.apimachinery.pkg.runtime.RawExtension" },
      names: {
        type: "array",
        items: { $ref: "#/definitions/Name", default: {} },
        "x-kubernetes-patch-merge-key": "name",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
      },
      labels: { type: "object", additionalProperties: { type: "string", default: "" } },
    },
  },
  Name: { type: "object", required: ["name"], properties: { name: { type: "string", default: "" } } },
  Node: { type: "object", properties: { left: { $ref: "#/definitions/Node" } } },
};

describe("structural schemas", () => {
  const thing = toStructural(types, "Thing");
  const specFields = (): Readonly<Record<string, Schema | undefined>> =>
    thing.properties?.spec?.properties ?? {};

  it("put references in place and leave out defaults, descriptions and old merge hints", () => {
    assert.deepEqual(specFields().names, {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
      items: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    });
    assert.deepEqual(thing.required, ["spec"]);
    assert.equal("default" in (thing.properties?.spec ?? {}), false);
  });

  it("keep a field that is called description", () => {
    assert.deepEqual(thing.properties?.description, { type: "string" });
    const field = { properties: { description: { type: "string", description: "text" } } };
    assert.deepEqual(withoutDescriptions(field), { properties: { description: { type: "string" } } });
  });

  it("say what quantities and ports may be, numbers too", () => {
    const { memory, port } = specFields();
    assert.equal(memory?.["x-kubernetes-int-or-string"], true);
    assert.match("512Mi", new RegExp(String(memory.pattern)));
    assert.doesNotMatch("512MiB", new RegExp(String(memory.pattern)));
    assert.equal(port?.["x-kubernetes-int-or-string"], true);
  });

  it("accept unknown fields only in what holds any object", () => {
    const { raw } = specFields();
    assert.equal(raw?.["x-kubernetes-preserve-unknown-fields"], true);
    assert.equal(JSON.stringify(thing).match(/preserve-unknown/g)?.length, 1);
  });

  it("keep the type of a map's values", () => {
    assert.deepEqual(specFields().labels?.additionalProperties, { type: "string" });
  });

  it("cannot be made of an unknown or a recursive type", () => {
    assert.throws(() => toStructural(types, "Other"), /no type Other/);
    assert.throws(() => toStructural(types, "Node"), /Node contains itself/);
  });
});

describe("definitions", () => {
  const published = Object.fromEntries(publishedKinds.map((kind) => [publishedName(kind), types.Thing]));
  const manifest = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: routes.route.openshift.io }
spec: { versions: [{ name: v1, schema: { openAPIV3Schema: { type: object, description: a route } } }] }
`;
  const make = (text: string): ReturnType<typeof makeDefinitions> =>
    makeDefinitions({
      openapi: JSON.stringify({ definitions: { ...types, ...published } }),
      manifests: [text],
    });

  it("are there for every kind that is not Kubernetes' own", () => {
    assert.deepEqual(
      make(manifest).map(({ metadata }) => metadata.name),
      [
        "projects.project.openshift.io",
        "imagestreams.image.openshift.io",
        "imagestreamimports.image.openshift.io",
        "buildconfigs.build.openshift.io",
        "builds.build.openshift.io",
        "tenantnamespaces.tenant.paas.redhat.com",
        "routes.route.openshift.io",
      ],
    );
  });

  it("have a fingerprint that changes with their schema alone", () => {
    const fingerprints = (text: string): readonly string[] =>
      make(text).map(({ metadata }) => Object.values(metadata.annotations ?? {}).join());
    const before = fingerprints(manifest);
    assert.deepEqual(fingerprints(manifest), before);
    const after = fingerprints(manifest.replace("type: object", "type: object, nullable: true"));
    assert.deepEqual(after.slice(0, -1), before.slice(0, -1));
    assert.notEqual(after.at(-1), before.at(-1));
  });
});
