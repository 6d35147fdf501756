import assert from "node:assert/strict";
import { compare } from "bcryptjs";
import fc from "fast-check";
import { checkFields, withDefaults } from "../../../../local/plugins/frame/fields";
import type { PlainProperties } from "../../../../local/plugins/frame/values";
import { drawConflicts, drawInteger } from "../../../../local/plugins/random/draw";
import { kinds } from "../../../../local/plugins/random/kinds";

async function make(
  type: string,
  inputs: PlainProperties,
): Promise<{ id: string; outputs: PlainProperties }> {
  const kind = kinds[`random:index/${type[0]?.toLowerCase() ?? ""}${type.slice(1)}:${type}`];
  assert.ok(kind !== undefined);
  assert.deepEqual(checkFields(inputs, kind.fields), []);
  return await kind.make(withDefaults(inputs, kind.fields));
}

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;

describe("random strings", () => {
  it("have their length and at least what is asked of each class, and nothing else", async () => {
    const counts = fc.record({
      minLower: fc.nat(5),
      minUpper: fc.nat(5),
      minNumeric: fc.nat(5),
      minSpecial: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 20, max: 40 }), async (least, length) => {
        const { outputs } = await make("RandomString", { length, overrideSpecial: "-_", ...least });
        const text = outputs.result as string;
        assert.equal(text.length, length);
        assert.match(text, /^[a-zA-Z0-9_-]+$/);
        assert.ok(count(text, /[a-z]/g) >= least.minLower && count(text, /[A-Z]/g) >= least.minUpper);
        assert.ok(count(text, /[0-9]/g) >= least.minNumeric && count(text, /[-_]/g) >= least.minSpecial);
      }),
      { numRuns: 50 },
    );
  });

  it("leave out classes that are turned off, the digits by either of their names", async () => {
    const { outputs } = await make("RandomString", {
      length: 200,
      special: false,
      upper: false,
      number: false,
    });
    assert.match(outputs.result as string, /^[a-z]{200}$/);
  });

  it("are refused when they cannot be drawn", () => {
    const of = (inputs: PlainProperties): string[] => drawConflicts(inputs).map(({ reason }) => reason);
    assert.deepEqual(of({ length: 3, minLower: 2, minUpper: 2 }), [
      `"length" is 3, but the characters asked for by class are 4`,
    ]);
    assert.deepEqual(of({ length: 9, special: false, minSpecial: 1 }), [
      `"minSpecial" is 1, but "special" is turned off`,
    ]);
    const off = { lower: false, upper: false, numeric: false, special: false };
    assert.deepEqual(of({ length: 9, ...off }), ["every class of characters is turned off"]);
  });
});

describe("random values", () => {
  it("of a password come with a hash of it, both secret", async () => {
    const { id, outputs } = await make("RandomPassword", { length: 16 });
    assert.equal(id, "none");
    assert.ok(await compare(outputs.result as string, outputs.bcryptHash as string));
    assert.deepEqual(kinds["random:index/randomPassword:RandomPassword"]?.secrets, ["result", "bcryptHash"]);
  });

  it("of an id are the same bytes in four ways of writing", async () => {
    const { id, outputs } = await make("RandomId", { byteLength: 9, prefix: "p-" });
    const bytes = Buffer.from(id, "base64url");
    assert.equal(bytes.length, 9);
    assert.deepEqual(outputs, {
      b64Std: `p-${bytes.toString("base64")}`,
      b64Url: `p-${bytes.toString("base64url")}`,
      dec: `p-${BigInt(`0x${bytes.toString("hex")}`).toString()}`,
      hex: `p-${bytes.toString("hex")}`,
    });
  });

  it("of bytes and of a UUID have their forms", async () => {
    const { outputs } = await make("RandomBytes", { length: 5 });
    assert.equal(Buffer.from(outputs.base64 as string, "base64").toString("hex"), outputs.hex);
    const uuid = await make("RandomUuid", { keepers: { a: "b" } });
    assert.match(uuid.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("of an integer keep to their range, and to their seed", () => {
    const range = fc
      .tuple(fc.maxSafeInteger(), fc.maxSafeInteger())
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(range, fc.option(fc.string(), { nil: undefined }), ([min = 0, max = 0], seed) => {
        const drawn = drawInteger(min, max, seed);
        assert.ok(Number.isInteger(drawn) && drawn >= min && drawn <= max);
        if (seed !== undefined) assert.equal(drawInteger(min, max, seed), drawn);
      }),
    );
  });
});
