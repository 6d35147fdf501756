import assert from "node:assert/strict";
import { type PlainProperties, unknown } from "../../../../../local/plugins/frame/values";
import { ApiError } from "../../../../../local/plugins/kubernetes/api/api-error";
import { explainConflict, findings, report } from "../../../../../local/plugins/kubernetes/change/explain";
import { fillGaps, mayStemFromGap } from "../../../../../local/plugins/kubernetes/change/placeholders";
import { previewed } from "../../../../../local/plugins/kubernetes/change/previewed";
import { sendable } from "../../../../../local/plugins/kubernetes/change/sendable";

describe("what is not known yet", () => {
  it("gets a value of its type where that is certain, and is left out elsewhere", () => {
    const { object, gaps } = fillGaps({
      metadata: { labels: { a: unknown }, name: "x" },
      data: { b: unknown },
      spec: {
        replicas: unknown,
        env: [{ name: unknown, value: unknown }],
        ports: [unknown, { port: unknown }],
      },
    });
    assert.deepEqual(object, {
      metadata: { labels: { a: "unknown" }, name: "x" },
      data: { b: Buffer.from("unknown").toString("base64") },
      spec: { env: [{ name: "unknown-0" }], ports: [{ port: 2 }] },
    });
    assert.equal(gaps.length, 7);
  });

  it("excuses findings above, below and beside it", () => {
    const gaps = [["spec", "template", "spec", "volumes", 0, "secret", "secretName"]];
    assert.ok(mayStemFromGap(["spec", "template", "spec", "volumes", 0, "secret"], gaps));
    assert.ok(mayStemFromGap(["spec", "template", "spec", "volumes", 0, "secret", "items"], gaps));
    assert.ok(!mayStemFromGap(["spec", "template", "spec", "containers", 0, "image"], gaps));
  });

  it("stays unknown in what preview shows, as does what creation fills in", () => {
    const inputs = {
      kind: "Service",
      metadata: { name: "x" },
      spec: { ports: [{ port: unknown }], externalName: unknown },
    };
    const tried = {
      ...inputs,
      spec: { ports: [{ port: 1, protocol: "TCP" }], clusterIP: "10.0.0.1", type: "ClusterIP" },
    };
    const shown = previewed({ ...tried, metadata: { name: "x", uid: "u" }, status: {} }, inputs, true);
    assert.deepEqual(shown.spec, {
      ports: [{ port: unknown, protocol: "TCP" }],
      externalName: unknown,
      type: "ClusterIP",
      clusterIP: unknown,
      clusterIPs: unknown,
      healthCheckNodePort: unknown,
    });
    assert.deepEqual([shown.status, (shown.metadata as { uid: unknown }).uid], [unknown, unknown]);
    const updated = previewed({ ...tried, status: { a: 1 } }, inputs, false);
    assert.deepEqual(updated.status, { a: 1 });
  });
});

describe("a Secret on its way", () => {
  it("has its texts in its data", () => {
    const secret = { apiVersion: "v1", kind: "Secret" };
    assert.deepEqual(
      sendable({ ...secret, data: { a: "MQ==", b: "Mg==" }, stringData: { b: "3", c: unknown } }),
      {
        ...secret,
        data: { a: "MQ==", b: Buffer.from("3").toString("base64"), c: unknown },
      },
    );
    assert.deepEqual(sendable({ ...secret, stringData: unknown }), secret);
    assert.deepEqual(sendable({ kind: "ConfigMap", stringData: {} }), { kind: "ConfigMap", stringData: {} });
  });
});

describe("an object of which only the name is applied", () => {
  it("is sent with an empty map, so that it has a field manager", () => {
    const namespace = { kind: "Namespace", metadata: { name: "packit" } };
    assert.deepEqual(sendable(namespace).metadata, { name: "packit", labels: {} });
    const config = { ...namespace, data: { a: "b" } };
    assert.deepEqual(sendable(config), config);
  });
});

describe("an API server's refusal", () => {
  const object = { kind: "Deployment", metadata: { name: "web", namespace: "packit" } };
  const explain = (error: ApiError, about: PlainProperties): string => report(about, findings(error, about));
  const refusal = (
    message: string,
    causes: { reason: string; message: string; field: string }[] = [],
  ): ApiError => new ApiError(422, { message, details: { causes } }, "");

  it("of unknown fields and wrong types names object, field and type", () => {
    const message =
      `failed to create typed patch object (packit/web; apps/v1, Kind=Deployment): errors:\n` +
      `  .spec.template.spec.containers[name="x"].env[name="A"].value: expected string, got &value.valueUnstructured{Value:1}\n` +
      `  .spec.replicsa: field not declared in schema`;
    assert.equal(
      explain(refusal(message), object),
      `Deployment packit/web:\n` +
        `  spec.template.spec.containers[name="x"].env[name="A"].value: must be a string, got 1\n` +
        `  spec.replicsa: there is no such field`,
    );
  });

  it("of a strict decoder names all its fields", () => {
    const message = `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.a", unknown field "spec.b"`;
    assert.equal(
      explain(refusal(message), object),
      "Deployment packit/web:\n  spec.a: there is no such field\n  spec.b: there is no such field",
    );
  });

  it("of a quantity finds the field that the message leaves out", () => {
    const bad = {
      ...object,
      spec: { containers: [{ resources: { limits: { cpu: "1", memory: "lots" } } }] },
    };
    assert.equal(
      explain(refusal("quantities must match the regular expression '^x$'"), bad),
      `Deployment packit/web: spec.containers[0].resources.limits.memory: "lots" is no quantity; write 500m, 2 or 512Mi`,
    );
  });

  it("of a field that never changes says what to do", () => {
    const cause = {
      reason: "FieldValueInvalid",
      message: "Invalid value: field is immutable",
      field: "spec.x",
    };
    assert.match(explain(refusal("", [cause]), object), /spec\.x: Invalid value: .*\n.*replaceOnChanges/);
  });

  it("that may stem from what is not known yet is not held against the object", () => {
    const cause = {
      reason: "FieldValueRequired",
      message: "Required value",
      field: "spec.template.spec.containers[0].image",
    };
    const gap = ["spec", "template", "spec", "containers", 0, "image"];
    assert.deepEqual(findings(refusal("", [cause]), object, [gap]), []);
    assert.equal(findings(refusal("", [cause]), object, [["data", "a"]]).length, 1);
  });

  it("of a conflict names both managers, the fields and the ways out", () => {
    const causes = [
      {
        reason: "FieldManagerConflict",
        message: `conflict with "kubectl-edit" using apps/v1`,
        field: ".spec.replicas",
      },
    ];
    assert.equal(
      explainConflict(refusal("", causes), object, "pulumi-kubernetes/dev/1"),
      `Deployment packit/web: the program sets fields that another field manager owns:\n` +
        `  spec.replicas belongs to "kubectl-edit"\n` +
        `This resource applies as "pulumi-kubernetes/dev/1". Leave these fields to the other one with the option ` +
        `ignoreChanges, or take them over with the annotation pulumi.com/patchForce: "true".`,
    );
  });
});
