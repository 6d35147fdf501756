import assert from "node:assert/strict";

import { objectsIn, forKubectl } from "../../bench/objects";

const SECRET = "4dabf18193072939515e22adb298388d";

function checkpoint(...resources: object[]): string {
  return JSON.stringify({ version: 3, deployment: { resources } });
}

describe("objects of a checkpoint", () => {
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "nginx", namespace: "packit" } };

  it("are the inputs of its Kubernetes resources, in their order", () => {
    const claim = { ...service, kind: "PersistentVolumeClaim" };
    const text = checkpoint(
      { type: "pulumi:pulumi:Stack", custom: false },
      { type: "pulumi:providers:kubernetes", custom: true, inputs: { kubeconfig: "x" } },
      { type: "kubernetes:core/v1:Service", custom: true, inputs: service },
      { type: "packit:edge:Nginx", custom: false },
      { type: "kubernetes:core/v1:PersistentVolumeClaim", custom: true, inputs: claim },
    );
    assert.deepEqual(objectsIn(text), [service, claim]);
    assert.deepEqual(objectsIn(checkpoint()), []);
  });

  it("have their secrets in plain text, at any depth", () => {
    const secret = (plaintext: unknown) => ({ [SECRET]: "1b47", plaintext: JSON.stringify(plaintext) });
    const inputs = {
      ...service,
      kind: "Secret",
      data: { key: secret("dmFsdWU="), all: secret({ a: ["b"] }) },
    };
    const [object] = objectsIn(checkpoint({ type: "kubernetes:core/v1:Secret", custom: true, inputs }));
    assert.deepEqual(object, { ...service, kind: "Secret", data: { key: "dmFsdWU=", all: { a: ["b"] } } });
  });

  it("become Namespaces where they were Projects", () => {
    const metadata = { name: "packit--prod", labels: { a: "b" } };
    const project = { apiVersion: "project.openshift.io/v1", kind: "Project", metadata };
    assert.deepEqual(forKubectl([project, service]), [
      { apiVersion: "v1", kind: "Namespace", metadata },
      service,
    ]);
  });

  it("lose their image triggers, and no other annotation", () => {
    const annotated = (annotations: Record<string, string>) => ({
      ...service,
      metadata: { ...service.metadata, annotations },
    });
    const triggered = annotated({ "image.openshift.io/triggers": "[]", kept: "yes" });
    assert.deepEqual(forKubectl([triggered]), [annotated({ kept: "yes" })]);
  });
});
