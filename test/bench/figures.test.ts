import assert from "node:assert/strict";
import { availableParallelism } from "node:os";

import { withFigures } from "../../bench/document";
import { ROWS } from "../../bench/rows";
import { median } from "../../bench/statistics";
import { markdown, plain, tables } from "../../bench/table";
import { type Results, verdicts } from "../../bench/targets";

const rows = [
  { name: "prod-first-up", title: "first up", group: "prod" },
  { name: "nothing-first-up", title: "first up", group: "nothing" },
];
const results: Results = {
  "prod-first-up": [
    { seconds: 9.5, memoryMiB: 410 },
    { seconds: 8.25, memoryMiB: 400 },
    { seconds: 8.5, memoryMiB: 405 },
  ],
  "nothing-first-up": [{ seconds: 4.5, processorSeconds: 5.25 }],
};

describe("the benchmark's figures", () => {
  it("are medians", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1]), 2.5);
    assert.throws(() => median([]), /no values/);
  });

  it("stand in a table for each group, with the least and the most, and the peak of memory", () => {
    const [prod, nothing] = tables(rows, results);
    assert.deepEqual(prod?.rows, [["first up", "8.50", "8.25 – 9.50", "", "410 MiB", "3"]]);
    assert.deepEqual(nothing?.rows, [["first up", "4.50", "", "5.25", "", "1"]]);
  });

  it("leave out what was not measured", () => {
    assert.deepEqual(tables(rows, {}), []);
    assert.deepEqual(verdicts({ "prod-first-preview": [{ seconds: 1 }] }), []);
  });

  it("say which targets are met", () => {
    const said = verdicts(results).map(({ what, value, met }) => [what, value, met]);
    assert.deepEqual(said, [
      ["first up of prod, until all is ready", 8.5, true],
      ["first up of prod: more than with a plugin that does nothing", 4, false],
      ["engine, host and plugins together, at most, with prod", 410, true],
    ]);
  });

  it("compare ten instances at once with one's processor time", () => {
    const one = { seconds: 9, processorSeconds: 12 * availableParallelism() };
    const [, together] = verdicts({ "deploy-first": [one], "deploy-ten": [{ seconds: 150 }] });
    assert.deepEqual([together?.value, together?.unit, together?.met], [1.25, "×", true]);
    assert.deepEqual(verdicts({ "deploy-ten": [{ seconds: 150 }] }), []);
  });

  it("look the same on a terminal and in a document", () => {
    const table = { title: "prod", header: ["", "seconds"], rows: [["up", "8.50"]] };
    assert.equal(plain(table), "prod\n      seconds\n  up     8.50");
    assert.equal(markdown(table), "### prod\n\n|  | seconds |\n| --- | ---: |\n| up | 8.50 |");
  });

  it("replace those in the document, and nothing else", async () => {
    const begin = "<!-- figures: `make bench UPDATE=1` writes from here -->";
    const document = `# Performance\n\n${begin}\n\nold\n\n<!-- to here -->\n\nAfter.\n`;
    const written = await withFigures(document, [["date", "2026-01-02"]], tables(rows, results));
    assert.match(written, /^# Performance\n/);
    assert.match(written, /- date: 2026-01-02\n/);
    assert.match(written, /\| first up \| +8\.50 \|/);
    assert.match(written, /<!-- to here -->\n\nAfter\.\n$/);
    assert.doesNotMatch(written, /old/);
    assert.equal(await withFigures(written, [["date", "2026-01-02"]], tables(rows, results)), written);
    await assert.rejects(withFigures("# Other\n", [], []), /has no <!-- figures/);
  });

  it("have a name of their own each, which the targets know", () => {
    const names = ROWS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const all = Object.fromEntries(
      names.map((name) => [name, [{ seconds: 1, processorSeconds: 1, memoryMiB: 1 }]]),
    );
    assert.equal(verdicts(all).length, 18);
  });
});
