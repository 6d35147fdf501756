import assert from "node:assert/strict";

import {
  listProcesses,
  parsePss,
  parseStat,
  proportionalOf,
  residentOf,
  treeOf,
} from "../../bench/process-tree";

describe("the processes of a run", () => {
  it("are told from a line of /proc, whatever their name", () => {
    assert.deepEqual(parseStat("42 (node) S 7 42 7 0 -1"), { pid: 42, parent: 7 });
    assert.deepEqual(parseStat("43 (odd) S 1 (name) R 42 43 7 0"), { pid: 43, parent: 42 });
  });

  it("are the roots that are there and all that they started", () => {
    const processes = [
      { pid: 1, parent: 0 },
      { pid: 10, parent: 1 },
      { pid: 12, parent: 11 },
      { pid: 11, parent: 10 },
      { pid: 20, parent: 1 },
      { pid: 21, parent: 20 },
    ];
    assert.deepEqual(treeOf([10], processes).sort(), [10, 11, 12]);
    assert.deepEqual(treeOf([10, 20, 99], processes).sort(), [10, 11, 12, 20, 21]);
    assert.deepEqual(treeOf([10, 11], processes).sort(), [10, 11, 12]);
    assert.deepEqual(treeOf([], processes), []);
  });

  it("hold their share of what they share", () => {
    assert.equal(
      parsePss("55d0-7ffe ---p 00000000 [rollup]\nRss:  2000 kB\nPss:  1500 kB\nPss_Anon: 9 kB\n"),
      1500,
    );
    assert.equal(parsePss(""), 0);
  });

  it("can be asked on this machine, also when they have ended", function () {
    if (process.platform !== "linux") this.skip();
    assert.ok(listProcesses().some(({ pid, parent }) => pid === process.pid && parent === process.ppid));
    assert.ok(residentOf(process.pid) > 10_000);
    assert.ok(proportionalOf(process.pid) > 0);
    const noProcess = 2 ** 30;
    assert.deepEqual([residentOf(noProcess), proportionalOf(noProcess)], [0, 0]);
  });
});
