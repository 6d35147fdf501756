import assert from "node:assert/strict";

import type { Command } from "commander";

import { coprSchema } from "../stacks/settings/copr/schema";
import { coprSecretsSchema } from "../stacks/settings/copr/schema/secrets";
import { packitSchema } from "../stacks/settings/schema/packit";
import { secretsSchema } from "../stacks/settings/schema/secrets";
import { schemaAt } from "../stacks/settings/wording";
import { commandTree } from "./support/commands";
import { codeIn, readPages } from "./support/pages";

describe("the documentation's details", () => {
  const pages = readPages();

  it("are options that their command has", () => {
    const program = commandTree();
    const seen = [...pages].flatMap(([page, text]) =>
      codeIn(text).flatMap((code) => optionsIn(code, program).map((option) => ({ page, ...option }))),
    );
    assert.ok(seen.length > 5, `only ${seen.length} options seen`);
    assert.deepEqual(
      seen.filter(({ known }) => !known),
      [],
    );
  });

  it("are settings that the schema has", () => {
    const seen = [...pages].flatMap(([page, text]) =>
      codeIn(text).flatMap((code) => settingsIn(code).map((setting) => `${page}: ${setting}`)),
    );
    assert.ok(seen.length > 100, `only ${seen.length} settings seen`);
    assert.deepEqual(
      seen.filter((line) => !isSetting(line.slice(line.indexOf(": ") + 2))),
      [],
    );
  });

  it("are in the guide's index: every page, and each of the 29 steps that were done by hand", () => {
    const index = pages.get("docs/operations/README.md") ?? "";
    const names = [...pages.keys()].filter((page) => /^docs\/operations\/(?!README)/.test(page));
    const missing = names.filter((page) => !index.includes(`](${page.replace("docs/operations/", "")})`));
    assert.deepEqual(missing, []);
    const steps = [...index.matchAll(/^\| (\d+) +\| \S.*\]\(\S+\.md\) +\|$/gm)].map(([, step]) =>
      Number(step),
    );
    assert.deepEqual(
      steps,
      Array.from({ length: 29 }, (_, i) => i + 1),
    );
  });

  it("would be found out", () => {
    const program = commandTree();
    const options = optionsIn("npx packit-stacks login ./state --bogus --dry-run | tee --append", program);
    assert.deepEqual(options, [
      { option: "login --bogus", known: false },
      { option: "login --dry-run", known: true },
    ]);
    const settings = settingsIn(
      "--path packit:database.storage 8Gi, packit:database.bogus, packit:data:Postgres",
    );
    assert.deepEqual(settings.map(isSetting), [true, false]);
    assert.ok(["images.<use>.source", "secrets.…", "secrets.tls.fullchain", "labels.any"].every(isSetting));
    assert.ok(!["images.<use>.bogus", "secrets.bogus", "bogus.…"].some(isSetting));
  });
});

/** Options of every `packit-stacks` in a piece of code, each with its command. */
function optionsIn(code: string, program: Command): { option: string; known: boolean }[] {
  const calls = code.matchAll(/\bpackit-stacks ([^\n|;&#)]*)/g);
  return [...calls].flatMap(([, words = ""]) => {
    let command = program;
    const names: string[] = [];
    return words.split(/[\s[\]]+/).flatMap((word) => {
      const inner = command.commands.find((candidate) => candidate.name() === word);
      if (inner !== undefined) {
        command = inner;
        names.push(word);
      }
      if (!/^--[a-z]/.test(word)) return [];
      const flag = word.split("=", 1).join("");
      const known = flag === "--help" || command.options.some(({ long }) => long === flag);
      return [{ option: [...names, flag].join(" "), known }];
    });
  });
}

/** Paths of the settings that a piece of code names, such as `database.storage`; types of components are none. */
function settingsIn(code: string): string[] {
  const found = code.matchAll(/(?<![\w-])packit:([a-zA-Z][\w.<>…[\]-]*)(?!\w*:\w)/g);
  return [...found].map(([, path = ""]) => path.replace(/[.-]+$/, ""));
}

function isSetting(path: string): boolean {
  const steps = path
    .replace(/\.?…$/, "")
    .split(/\.|\[[^\]]*\]/)
    .filter((step) => step !== "");
  const [first, ...rest] = steps;
  return first === "secrets"
    ? leads(secretsSchema, rest) || leads(coprSecretsSchema, rest)
    : leads(packitSchema, steps) || leads(coprSchema, steps);
}

/** Whether a path leads somewhere; `<name>` stands for any key. */
function leads(schema: Parameters<typeof schemaAt>[0], steps: readonly string[]): boolean {
  const open = steps.findIndex((step) => step.startsWith("<"));
  if (open < 0) return schemaAt(schema, steps) !== undefined;
  const above = schemaAt(schema, steps.slice(0, open));
  const keys = Object.keys((above as { shape?: object } | undefined)?.shape ?? { any: true });
  return keys.some((key) => leads(schema, [...steps.slice(0, open), key, ...steps.slice(open + 1)]));
}
