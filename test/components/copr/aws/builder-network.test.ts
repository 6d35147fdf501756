import assert from "node:assert/strict";

import fc from "fast-check";

import { subnetsOf } from "../../../../components/copr/aws/subnets";

/** First and last address of a network, as numbers. */
function range(network: string): [number, number] {
  const [address = "", prefix = ""] = network.split("/");
  const start = address.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);
  return [start, start + 2 ** (32 - Number(prefix)) - 1];
}

describe("subnets of the builders' network", () => {
  it("divide it", () => {
    assert.deepEqual(subnetsOf("10.74.0.0/16", 3), ["10.74.0.0/18", "10.74.64.0/18", "10.74.128.0/18"]);
    assert.deepEqual(subnetsOf("192.168.7.128/26", 4).at(-1), "192.168.7.176/28");
    assert.deepEqual(subnetsOf("10.74.3.9/16", 1), ["10.74.0.0/16"]);
  });

  it("are within it and apart from one another", () => {
    const network = fc.tuple(fc.ipV4(), fc.integer({ min: 16, max: 24 }), fc.integer({ min: 1, max: 16 }));
    fc.assert(
      fc.property(network, ([address, prefix, count]) => {
        const ranges = subnetsOf(`${address}/${prefix}`, count).map(range);
        assert.equal(ranges.length, count);
        const [start] = range(`${address}/${prefix}`);
        const first = start - (start % 2 ** (32 - prefix));
        for (const [from, to] of ranges) assert.ok(from >= first && to < first + 2 ** (32 - prefix));
        for (const [index, [from]] of ranges.entries()) {
          assert.ok(index === 0 || from > (ranges[index - 1]?.[1] ?? Infinity));
        }
      }),
    );
  });

  it("are refused where AWS takes none of the size", () => {
    assert.throws(() => subnetsOf("10.0.0.0/8", 3), /10\.0\.0\.0\/8 cannot be.*from \/16 to \/26/);
    assert.throws(() => subnetsOf("10.0.0.0/27", 3), /choose a size/);
  });
});
