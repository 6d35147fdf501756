import assert from "node:assert/strict";
import { NotReady } from "../../../../local/plugins/frame/provider";
import { Secret } from "../../../../local/plugins/frame/values";
import { hiding } from "../../../../local/plugins/kubernetes/hiding";
import { ownManager, toState } from "../../../../local/plugins/kubernetes/state";

const manager = "pulumi-kubernetes/dev/1";

describe("the state", () => {
  it("is the live object without the managers' book-keeping, and names our manager", () => {
    const state = toState(
      { kind: "ConfigMap", metadata: { name: "x", managedFields: [{}] }, data: {} },
      {},
      manager,
    );
    assert.deepEqual(state, {
      kind: "ConfigMap",
      metadata: { name: "x" },
      data: {},
      __fieldManager: manager,
    });
    assert.equal(ownManager({ __fieldManager: manager }), manager);
    assert.equal(ownManager({}), undefined);
  });

  it("never repeats kubectl's copy of the object", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", a: "b" };
    const state = toState({ kind: "Secret", apiVersion: "v1", metadata: { annotations } }, {}, undefined);
    assert.deepEqual(state.metadata, { annotations: { a: "b" } });
  });

  it("of a Secret has secret values however they were given", () => {
    const live = { apiVersion: "v1", kind: "Secret", metadata: {}, data: { a: "MQ==" } };
    assert.deepEqual(toState(live, { stringData: { a: "1" } }, manager).data, new Secret({ a: "MQ==" }));
  });

  it("marks what was a secret input, at its place and wherever it is repeated", () => {
    const inputs = { spec: { env: [{ name: "A", value: new Secret("s3cret-value") }] } };
    const live = {
      spec: { env: [{ name: "A", value: "s3cret-value", more: 1 }] },
      metadata: { annotations: { x: "s3cret-value" } },
    };
    const state = toState(live, inputs, undefined);
    assert.deepEqual(state.spec, { env: [{ name: "A", value: new Secret("s3cret-value"), more: 1 }] });
    assert.deepEqual(state.metadata, { annotations: { x: new Secret("s3cret-value") } });
  });

  it("marks a whole list when its items are no longer the same", () => {
    const inputs = { spec: { env: [{ name: "A", value: new Secret("short") }] } };
    const env = [{ name: "B" }, { name: "A", value: "short" }];
    assert.deepEqual(toState({ spec: { env } }, inputs, undefined).spec, { env: new Secret(env) });
  });
});

describe("an error", () => {
  it("does not tell the secrets among the inputs, nor their base64", async () => {
    const inputs = { data: new Secret({ a: "hunter22", pin: 123456, b: "x" }) };
    const text = `bad: hunter22, ${Buffer.from("hunter22").toString("base64")}, 123456, x`;
    await assert.rejects(
      hiding(inputs, () => Promise.reject(new Error(text))),
      { message: "bad: [secret], [secret], [secret], x" },
    );
    const notReady = new NotReady(text, { id: "", state: {} }, {}, ["hunter22"]);
    await assert.rejects(
      hiding(inputs, () => Promise.reject(notReady)),
      (error) => error instanceof NotReady && error.reasons[0] === "[secret]",
    );
  });
});
