import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";

import pc from "picocolors";

import { terminalTable } from "../../../../cli/instances/board/terminal";
import { everyState } from "./rows";

describe("the list of test instances in a terminal", () => {
  const rows = everyState();
  const plain = (width?: number): string => terminalTable(rows, width, pc.createColors(false));

  it("has everything where there is room", () => {
    const [head = "", first = ""] = plain().split("\n");
    assert.match(head, /^NAME +STATE +RUNS +WHOSE +AGE +EXPIRES +ADDRESS$/);
    assert.match(
      first,
      /^dev-pr-1 +queued +packit-service=614 +jane@laptop +6h +in 43h +https:\/\/dev-pr-1.packit.dev\/$/,
    );
    assert.ok(plain().includes("unknown (2)"));
  });

  for (const width of [200, 120, 100, 90]) {
    it(`fits ${width} columns, and every name can still be copied`, () => {
      const lines = plain(width).split("\n");
      for (const line of lines) assert.ok(line.length <= width, `${line.length}: ${line}`);
      rows.forEach(({ name }, index) => {
        assert.ok(lines[index + 1]?.startsWith(`${name} `));
      });
    });
  }

  it("shows whole addresses or none", () => {
    assert.ok(!plain(100).includes("http"));
  });

  it("colours states where that is wanted, and moves no column by it", () => {
    const coloured = terminalTable(rows, 120, pc.createColors(true));
    assert.ok(coloured.includes("\u001b[32mlive"));
    assert.ok(coloured.includes("\u001b[31mfailed"));
    assert.equal(stripVTControlCharacters(coloured), plain(120));
  });
});
