import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { commandNames } from "./support/commands";
import { codeIn, readPages, ROOT } from "./support/pages";

const PAGES = readPages();

describe("the documentation", () => {
  it("D61: every command in the documentation exists", () => {
    const targets = readFileSync(join(ROOT, "Makefile"), "utf8").matchAll(/^([a-z][a-z-]*):/gm);
    const commands = commandNames();
    const known = new Set([
      ...[...targets].map(([, target = ""]) => `make ${target}`),
      ...commands.map((command) => `packit-stacks ${command}`),
    ]);
    // A page may speak of a group of commands as a whole.
    const groups = new Set(commands.map((command) => `packit-stacks ${command.split(" ", 1).join("")}`));
    const named = [...PAGES].flatMap(([page, text]) =>
      codeIn(text).flatMap((code) => commandsIn(code, known).map((command) => [page, command] as const)),
    );
    assert.ok(named.length > 20, `only ${named.length} commands seen`);
    assert.deepEqual(
      named.filter(([, command]) => !known.has(command) && !groups.has(command)),
      [],
    );
  });

  it("names commands as they are typed in a checkout, where no shell finds packit-stacks itself", () => {
    const bare = [...PAGES]
      .filter(([page]) => page.startsWith("docs/operations/"))
      .flatMap(([page, text]) => codeIn(text).map((code) => [page, code] as const))
      .filter(([, code]) => /(?<!npx )\bpackit-stacks [a-z]/.test(code));
    assert.deepEqual(bare, []);
  });

  it("links to nothing that is not there", () => {
    const broken = [...PAGES].flatMap(([page, text]) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = ""]) => link)
        .filter((link) => !existsSync(join(ROOT, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });
});

/** What a piece of code calls: `make up`, `packit-stacks up`, and with its second word what is no command by itself. */
function commandsIn(code: string, commands: ReadonlySet<string>): string[] {
  const targets = [...code.matchAll(/(?:^|[\s;&$(])make (?:-s )?([a-z][a-z-]*)/g)];
  const own = [...code.matchAll(/\b(packit-stacks [a-z-]+)( [a-z-]+)?/g)];
  return [
    ...targets.map(([, target = ""]) => `make ${target}`),
    ...own.map(([, first = "", second = ""]) => (commands.has(first) ? first : first + second)),
  ];
}
