import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { page, tablesBelow } from "./markdown";
import { titlesIn } from "./titles";

/** Defects of the old deployment that are known, D01 to D65. */
const IDS = Array.from({ length: 65 }, (_, index) => `D${String(index + 1).padStart(2, "0")}`);

/** How a line begins that no test can show. */
const FOREIGN = "Does not apply: ";

const TEST = /\[[^\]]+\]\(\.\.\/(test\/[^)]+)\): ([^;]+)/g;
const LINK = /\]\((?!https?:)([^)#]+)[^)]*\)/g;

describe("docs/defects.md", () => {
  const text = page("defects.md");
  const lines = ["Objects", "Tooling"].flatMap((heading) => tablesBelow(text, heading));

  it("has one line for each defect, in order", () => {
    assert.deepEqual(
      lines.map(({ ID }) => ID),
      IDS,
    );
  });

  it("says what each was and what became of it", () => {
    const empty = lines.filter(({ Was = "", Now = "" }) => Was.length < 20 || Now.length < 20);
    assert.deepEqual(
      empty.map(({ ID }) => ID),
      [],
    );
  });

  for (const { ID = "", Now = "", "Shown by": shown = "" } of lines) {
    it(`names tests of ${ID} that are there, or why there can be none`, () => {
      const tests = [...shown.matchAll(TEST)];
      assert.ok(tests.length > 0 || Now.startsWith(FOREIGN), "neither a test nor a reason");
      for (const [, file = "", title = ""] of tests) {
        const titles = titlesIn(file);
        assert.ok(titles !== undefined, `${file} does not exist`);
        assert.ok(
          titles.includes(title.trim()),
          `${file} has no test “${title.trim()}”, but: ${titles.join("\n")}`,
        );
        assert.match(title, new RegExp(`\\b${ID}\\b`));
      }
    });
  }

  it("links to nothing that is not there", () => {
    const links = [...text.matchAll(LINK)].map(([, link = ""]) => link);
    assert.ok(links.length > 65);
    assert.deepEqual(
      links.filter((link) => !existsSync(join(__dirname, "../../docs", link))),
      [],
    );
  });
});
