import assert from "node:assert/strict";
import { among, checkFields, type Fields, whole, withDefaults } from "../../../../local/plugins/frame/fields";
import { distance, nearest } from "../../../../local/plugins/frame/nearest";
import { unknown } from "../../../../local/plugins/frame/values";

const fields: Fields = {
  length: { type: "number", required: true, wrong: whole(1, 9) },
  special: { type: "boolean", default: true },
  uses: { type: "strings", wrong: among(["a", "b"]) },
  keepers: { type: "map" },
  subject: { type: "object", fields: { commonName: { type: "string" } } },
};

const reasons = (inputs: Parameters<typeof checkFields>[0]): string[] =>
  checkFields(inputs, fields).map(({ property, reason }) => `${property}: ${reason}`);

describe("a resource's fields", () => {
  it("accept what fits, and what is not known yet", () => {
    assert.deepEqual(reasons({ length: 3, special: false, uses: ["a"], keepers: { x: "y" } }), []);
    assert.deepEqual(reasons({ length: unknown, uses: [unknown], subject: { commonName: unknown } }), []);
  });

  it("refuse an unknown name with the nearest known one, all findings at once", () => {
    assert.deepEqual(reasons({ lenght: 3, special: "yes" }), [
      `lenght: unknown property "lenght": did you mean "length"?`,
      `length: "length" is required`,
      `special: "special" must be true or false`,
    ]);
    assert.deepEqual(reasons({ length: 3, subject: { comonName: "x" } }), [
      `subject.comonName: unknown property "comonName": did you mean "commonName"?`,
    ]);
  });

  it("say what a wrong value may be", () => {
    assert.deepEqual(reasons({ length: 0 }), [`length: "length" must be a whole number, between 1 and 9`]);
    assert.deepEqual(reasons({ length: 1, uses: ["c"] }), [
      `uses: "uses" may not hold "c"; allowed are "a", "b"`,
    ]);
  });

  it("list all known names when none is near", () => {
    const [text = ""] = reasons({ length: 1, colour: "red" });
    assert.match(text, /unknown property "colour": known are keepers, length, special, subject, uses/);
  });

  it("are filled with their defaults", () => {
    assert.deepEqual(withDefaults({ length: 3 }, fields), { length: 3, special: true });
  });
});

describe("the nearest name", () => {
  it("counts a swap of neighbours as one step", () => {
    assert.equal(distance("lenght", "length"), 1);
    assert.equal(distance("", "abc"), 3);
  });

  it("is not named when it is far", () => {
    assert.equal(nearest("replicsa", ["replicas", "selector"]), "replicas");
    assert.equal(nearest("foo", ["replicas", "selector"]), undefined);
  });
});
