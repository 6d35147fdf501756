import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { page } from "../../../../cli/instances/board/page";
import { browserOf } from "../../../support/browser";
import { program } from "../../../support/programs";
import { everyState, NOW } from "./rows";

/** Widths in CSS pixels: a telephone, a wide page at 200 %, a tablet, the narrowest table, a wide page. */
const WIDTHS = [320, 640, 1024, 1290, 1600];

/** Least contrast of texts (WCAG 2.2, 1.4.3). */
const CONTRAST = 4.5;

/** Every text that can be seen, with its contrast to what lies behind it, by the colours that the browser computed. */
const TEXTS = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    const [r, g, b, a = 1] = channels(getComputedStyle(element).backgroundColor);
    if (a === 1) return [r, g, b];
    if (a > 0 || element === document.documentElement) throw new Error("no plain colour behind " + element.outerHTML);
    return ground(element.parentElement);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (data.trim() === "" || !parentElement.checkVisibility() || parentElement.closest(".hidden")) continue;
    const [light, dark] = [channels(getComputedStyle(parentElement).color), ground(parentElement)]
      .map(luminance).sort((a, b) => b - a);
    texts.push({ text: data.trim(), contrast: (light + 0.05) / (dark + 0.05) });
  }
  return texts;
})()`;

interface Text {
  readonly text: string;
  readonly contrast: number;
}

interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

describe("the page of all test instances, in a browser", () => {
  const chromium = program("chromium");
  const rows = everyState();
  const folder = mkdtempSync(join(tmpdir(), "packit-stacks-board-"));
  const browser = browserOf(chromium);

  before(async () => {
    const file = join(folder, "index.html");
    writeFileSync(file, page({ rows, problems: ["automotive: no answer within 5 s"], asOf: NOW }));
    await browser().load(pathToFileURL(file).href);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is read easily, in the light and in the dark", async () => {
    const grounds: unknown[] = [];
    for (const scheme of ["light", "dark"] as const) {
      await browser().look(1600, scheme);
      const texts = (await browser().value(TEXTS)) as readonly Text[];
      assert.ok(texts.length > rows.length * 8, String(texts.length));
      for (const { text, contrast } of texts)
        assert.ok(contrast >= CONTRAST, `${scheme}: ${text}: ${contrast}`);
      grounds.push(await browser().value("getComputedStyle(document.documentElement).backgroundColor"));
    }
    assert.notEqual(grounds[0], grounds[1]);
    assert.deepEqual(browser().complaints, []);
  });

  it("is never wider than its window, and cuts nothing off", async () => {
    for (const width of WIDTHS) {
      await browser().look(width, "light");
      const beyond = await browser().value(`[...document.querySelectorAll("main, main *:not(.hidden *)")]
        .filter((element) => !element.closest("thead, .hidden") &&
          element.getBoundingClientRect().right > document.documentElement.clientWidth)
        .map((element) => element.outerHTML)`);
      assert.deepEqual(beyond, [], String(width));
      const scrolls = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assert.equal(await browser().value(scrolls), 0, String(width));
    }
  });

  for (const [layout, width] of [
    ["a table", 1600],
    ["cards", 320],
  ] as const) {
    it(`is a table for who hears it, when it looks like ${layout}`, async () => {
      await browser().look(width, "light");
      const { nodes } = await browser().ask("Accessibility.getFullAXTree");
      const seen = (nodes as readonly AccessibleNode[]).filter(({ ignored }) => !ignored);
      const named = (role: string): readonly string[] =>
        seen.filter((node) => node.role?.value === role).map(({ name }) => name?.value ?? "");
      assert.deepEqual(named("table"), ["Test instances, by name"]);
      assert.deepEqual(named("columnheader"), [
        ...["Instance", "State", "Runs", "Whose", "Addresses", "Age", "Expires", "Requests"],
      ]);
      const heads = named("rowheader");
      assert.equal(heads.length, rows.length);
      rows.forEach(({ name }, index) => {
        assert.ok(heads[index]?.startsWith(name), heads[index]);
      });
      assert.equal(named("row").length, rows.length + 1);
      assert.equal(named("cell").length + named("gridcell").length, rows.length * 7);
      assert.deepEqual(named("heading"), ["Test instances", "Not all clusters have answered"]);
    });
  }

  it("shows which link has the keyboard's attention", async () => {
    await browser().look(1600, "dark");
    for (const type of ["rawKeyDown", "keyUp"]) {
      await browser().ask("Input.dispatchKeyEvent", {
        type,
        key: "Tab",
        code: "Tab",
        windowsVirtualKeyCode: 9,
      });
    }
    const focused = `(({ outlineStyle, outlineWidth }) => [document.activeElement.tagName, outlineStyle, outlineWidth])
      (getComputedStyle(document.activeElement))`;
    assert.deepEqual(await browser().value(focused), ["A", "solid", "3px"]);
  });

  it("runs nothing, even if something came through", async () => {
    const before = browser().complaints.length;
    await browser().value(`document.body.insertAdjacentHTML("beforeend",
      '<img src="x:" onerror="window.came=1"><iframe srcdoc="<p>x"></iframe>');
      document.body.append(Object.assign(document.createElement("script"), { text: "window.came=1" }))`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await browser().value("window.came"), undefined);
    assert.match(
      browser().complaints.slice(before).join("\n"),
      /violates the following Content Security Policy/,
    );
  });
});
