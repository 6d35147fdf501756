import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";

import { page } from "../../../../cli/instances/board/page";
import { replaceFile } from "../../../../cli/instances/board/replace-file";
import { rowOf } from "../../../../cli/instances/board/row";
import { everyState, listed, NOW } from "./rows";

/** A page on which a text stands in every place that others can write to. */
function pageWith(text: string): string {
  const first = rowOf(
    listed(
      text,
      {
        base: text,
        state: "failed",
        reason: text,
        urls: { [`x${text}`]: "https://x/", y: text, z: `https://example.com/?${encodeURI(text)}` },
        holder: { kind: "person", name: text },
      },
      { cluster: text },
    ),
  );
  const second = { ...first, worker: text, keep: text, place: 1 };
  return page({ rows: [first, second], problems: [text], asOf: NOW });
}

/** Its elements, and their attributes without what these say. */
function elements(markup: string): readonly string[] {
  const body = markup.slice(markup.indexOf("</style>"));
  return [...body.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'));
}

// Neither empty nor too long for one line, so that the same elements are to be expected.
const hostile = fc
  .array(fc.constantFrom(...Array.from("<>\"'&=/;#!-x "), "<script>", "</style>", "<!--", "]]>", "&lt;"), {
    minLength: 1,
    maxLength: 9,
  })
  .map((parts) => `x${parts.join("")}x`);

describe("the page of all test instances", () => {
  it("has the same elements whatever texts stand in it", () => {
    const expected = elements(pageWith("harmless"));
    assert.ok(expected.length > 100);
    fc.assert(
      fc.property(hostile, (text) => {
        assert.deepEqual(elements(pageWith(text)), expected);
      }),
      { numRuns: 300 },
    );
  });

  it("shows hostile texts to the letter", () => {
    const shown = pageWith(`x"'<b>&amp;`);
    assert.ok(shown.includes("x&quot;&#39;&lt;b&gt;&amp;amp;"));
    assert.ok(!shown.includes("<b>"));
  });

  it("forbids browsers everything but its own style, and loads nothing", () => {
    const text = page({ rows: everyState(), problems: [], asOf: NOW });
    assert.match(
      text,
      /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
    assert.ok(!/<script|\ssrc=|\son\w+=|style="|@import|url\(/.test(text));
    assert.deepEqual([...text.matchAll(/<link[^>]*>/g)].flat(), ['<link rel="icon" href="data:,">']);
  });

  it("says when there is nothing, and when nobody answered", () => {
    const nothing = page({ rows: [], problems: [], asOf: NOW });
    assert.match(nothing, /There are no test instances/);
    assert.match(nothing, /<time datetime="2026-01-01T05:30:00.000Z">2026-01-01 05:30:00 UTC<\/time>/);
    const unasked = page({ rows: [], problems: ["openshift-dev: no answer within 5 s"], asOf: NOW });
    assert.match(unasked, /Nothing is known of test instances/);
    assert.match(unasked, /openshift-dev: no answer within 5 s/);
  });

  it("takes a file's place at once, and leaves nothing beside it", () => {
    const folder = mkdtempSync(join(tmpdir(), "packit-stacks-board-"));
    try {
      const file = join(folder, "index.html");
      replaceFile(file, "old");
      replaceFile(file, "new");
      assert.equal(readFileSync(file, "utf8"), "new");
      assert.throws(
        () => {
          replaceFile(join(folder, "missing", "index.html"), "new");
        },
        { code: "ENOENT", path: join(folder, "missing", "index.html") },
      );
      assert.throws(() => {
        replaceFile(folder, "new");
      });
      assert.deepEqual(readdirSync(folder), ["index.html"]);
      assert.ok(!readdirSync(tmpdir()).some((name) => name.startsWith(`${folder.split("/").pop() ?? ""}.`)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
