import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { page, tablesBelow } from "./markdown";
import { titlesIn } from "./titles";

/** Ids with one letter, from 1. */
function ids(letter: string, count: number, digits = 1): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(digits, "0")}`);
}

/** Defects of the old deployments that are known, by the headings of their tables. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "Objects, Tooling": ids("D", 65, 2),
  "Copr's security": ids("S", 22),
  "Copr on OpenShift": ids("C", 33),
  "Copr in podman and MicroShift": ids("B", 29),
  "Copr on Kubernetes": ids("K", 7),
};

/** How a line begins that no test can show. */
const FOREIGN = "Does not apply: ";

const TEST = /\[[^\]]+\]\(\.\.\/(test\/[^)]+)\): ([^;]+)/g;
const LINK = /\]\((?!https?:)([^)#]+)[^)]*\)/g;

describe("docs/defects.md", () => {
  const text = page("defects.md");
  const below = (headings: string) => headings.split(", ").flatMap((heading) => tablesBelow(text, heading));
  const lines = Object.keys(KNOWN).flatMap(below);

  for (const [headings, known] of Object.entries(KNOWN)) {
    it(`has one line for each defect, in order: ${headings}`, () => {
      assert.deepEqual(
        below(headings).map(({ ID }) => ID),
        known,
      );
    });
  }

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
