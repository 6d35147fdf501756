import assert from "node:assert/strict";
import fc from "fast-check";
import { fromStruct, toStruct } from "../../../../local/plugins/frame/marshal";
import { secretPaths, withMark, withoutNulls, withValue } from "../../../../local/plugins/frame/marked";
import {
  Files,
  hasUnknown,
  type Properties,
  reveal,
  sameValue,
  Secret,
  unknown,
  type Value,
} from "../../../../local/plugins/frame/values";

// No property is called so, and a map of JavaScript cannot hold it without further ado.
const keys = fc.string().filter((key) => key !== "__proto__");

const values = fc.letrec<{ value: Value; map: Properties }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant<Value>(null),
    fc.constant<Value>(unknown),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("value").map((inner) => new Secret(inner)),
    fc
      .string({ minLength: 1 })
      .map((hash) => new Files("archive", { hash, assets: { a: new Files("asset", { hash, text: hash }) } })),
    tie("map"),
  ),
  map: fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

describe("property values", () => {
  it("come back from the engine's messages as they were sent", () => {
    fc.assert(
      fc.property(values.map, (properties) => {
        assert.deepEqual(fromStruct(toStruct(properties)), properties);
      }),
    );
  });

  it("are read from the engine's other ways of writing an unknown or secret one", () => {
    const signature = "4dabf18193072939515e22adb298388d";
    const output = { [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
    const sent = toStruct({
      number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      output: { ...output, value: "x", secret: true },
      later: output,
    });
    assert.deepEqual(fromStruct(sent), { number: unknown, output: new Secret("x"), later: unknown });
  });

  it("lose every secret mark when revealed, and keep the rest", () => {
    assert.deepEqual(reveal({ a: new Secret({ b: new Secret("x") }), c: [new Secret(1), unknown] }), {
      a: { b: "x" },
      c: [1, unknown],
    });
  });

  it("are the same only when both are known", () => {
    fc.assert(
      fc.property(values.map, (properties) => {
        const plain = reveal(properties);
        const copy = reveal(fromStruct(toStruct(properties)));
        assert.equal(sameValue(plain, copy), !hasUnknown(plain));
      }),
    );
  });

  it("never show a secret in JSON", () => {
    assert.equal(JSON.stringify({ a: new Secret("hidden"), b: unknown }), `{"a":"[secret]","b":"[unknown]"}`);
  });
});

describe("marked properties", () => {
  it("can be marked again where they were marked", () => {
    fc.assert(
      fc.property(values.map, (properties) => {
        let marked: Value = reveal(properties);
        for (const path of secretPaths(properties)) marked = withMark(marked, path);
        assert.deepEqual(secretPaths(marked), secretPaths(properties));
      }),
    );
  });

  it("take a value at a path through secret maps and missing ones", () => {
    const given = { metadata: new Secret({ labels: { a: "b" } }) };
    assert.deepEqual(withValue(given, ["metadata", "name"], "x"), {
      metadata: new Secret({ labels: { a: "b" }, name: "x" }),
    });
    assert.deepEqual(withValue({}, ["metadata", "name"], "x"), { metadata: { name: "x" } });
  });

  it("lose the nulls of their maps but not those of their lists", () => {
    assert.deepEqual(withoutNulls({ a: null, b: new Secret({ c: null, d: [null] }) }), {
      b: new Secret({ d: [null] }),
    });
  });
});
