import assert from "node:assert/strict";
import { madeOnce } from "../../../../local/plugins/frame/made-once";
import { type Properties, reveal, Secret, unknown } from "../../../../local/plugins/frame/values";

const provider = madeOnce(
  { name: "test", version: "1.0.0", description: "test" },
  {
    "test:index/key:Key": {
      fields: {
        size: { type: "number", default: 8 },
        seed: { type: "string" },
        hours: { type: "number", default: 0, inPlace: true },
      },
      outputs: ["value"],
      secrets: ["value"],
      outdated: ({ value, hours }) => (value === "old" && Number(hours) > 5 ? "value" : undefined),
      make: ({ size }) => Promise.resolve({ id: "made", outputs: { value: "x".repeat(Number(size)) } }),
    },
  },
);

const target = { urn: "urn:pulumi:s::p::test:index/key:Key::k", type: "test:index/key:Key", name: "k" };

const diff = async (oldInputs: Properties, news: Properties, state: Properties = {}) =>
  (await provider.diff({ ...target, id: "made", state, oldInputs, news, ignoreChanges: [] })).changes;

describe("a value that is made once", () => {
  it("is made with its defaults, and what is secret is marked", async () => {
    const inputs = { seed: new Secret("s") };
    const made = await provider.create({ ...target, inputs, timeoutSeconds: 0, preview: false });
    assert.equal(made.id, "made");
    assert.deepEqual(made.state, { size: 8, hours: 0, seed: new Secret("s"), value: new Secret("xxxxxxxx") });
  });

  it("is unknown in preview, and as secret as it will be", async () => {
    const made = await provider.create({ ...target, inputs: {}, timeoutSeconds: 0, preview: true });
    assert.deepEqual(made.state.value, new Secret(unknown));
  });

  it("is made anew when an input changes, not when a default is written down", async () => {
    assert.deepEqual(await diff({}, { size: 8 }), {});
    assert.deepEqual(await diff({}, { size: 9 }), { size: "update-replace" });
    assert.deepEqual(await diff({ seed: "a" }, {}), { seed: "delete-replace" });
    assert.deepEqual(await diff({}, { seed: unknown }), { seed: "add-replace" });
  });

  it("is changed in place where that is enough, and made anew when its time has come", async () => {
    assert.deepEqual(await diff({}, { hours: 1 }), { hours: "update" });
    assert.deepEqual(await diff({}, { hours: 9 }, { value: "old" }), {
      hours: "update",
      value: "update-replace",
    });
  });

  it("keeps its value in an update", async () => {
    const state = { size: 8, hours: 0, value: new Secret("kept") };
    const news = { hours: 3 };
    const request = { ...target, id: "made", state, oldInputs: {}, news, timeoutSeconds: 0, preview: false };
    const made = await provider.update({ ...request, ignoreChanges: [] });
    assert.deepEqual(reveal(made.state), { size: 8, hours: 3, value: "kept" });
  });

  it("of an unknown kind is refused with the nearest one", () => {
    const request = {
      ...target,
      type: "test:index/kye:Key",
      olds: {},
      news: {},
      randomSeed: new Uint8Array(),
    };
    assert.throws(
      () => provider.check({ ...request, autonaming: undefined }),
      /the stand-in for the test plugin has no test:index\/kye:Key; did you mean test:index\/key:Key\?/,
    );
  });

  it("cannot be imported", () => {
    assert.throws(
      () => provider.read({ ...target, id: "x", state: {}, inputs: {} }),
      /cannot import test:index\/key:Key; let the program make a new one/,
    );
  });
});
