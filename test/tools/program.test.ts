import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

describe("the program's bundle", () => {
  let root: string;
  let bundleProgram: (root: string) => Promise<string>;
  let bundlePack: typeof bundleProgram;

  before(async () => {
    const url = pathToFileURL(resolve(__dirname, "..", "..", "tools", "program.mjs")).href;
    ({ bundleProgram, bundlePack } = await import(url));
  });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    mkdirSync(join(root, "stacks"));
    write("stacks/index.ts", 'import { word } from "./word";\nexport const main = (): string => word;\n');
    write("stacks/word.ts", 'export const word = "first";\n');
    write("package-lock.json", "{}");
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** Sources are older than the bundle, as they are when nobody is just writing them. */
  function write(path: string, text: string, age = 60): void {
    writeFileSync(join(root, path), text);
    const then = new Date(Date.now() - age * 1000);
    utimesSync(join(root, path), then, then);
  }

  function run(file: string): string {
    return execFileSync(process.execPath, ["-p", "require(process.argv[1]).main()", file], {
      encoding: "utf8",
    }).trim();
  }

  it("is the program", async () => {
    assert.equal(run(await bundleProgram(root)), "first");
  });

  it("stays as it is while its sources do", async () => {
    const file = await bundleProgram(root);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `// kept\n${text}`);
    assert.match(readFileSync(await bundleProgram(root), "utf8"), /^\/\/ kept/);
  });

  it("is made anew when a source that it was made of has changed", async () => {
    await bundleProgram(root);
    write("stacks/word.ts", 'export const word = "other";\n', 30);
    assert.equal(run(await bundleProgram(root)), "other");
  });

  it("is made anew when it is damaged", async () => {
    const file = await bundleProgram(root);
    writeFileSync(file, "half a");
    assert.equal(run(await bundleProgram(root)), "first");
  });

  it("stands beside that of the policy pack", async () => {
    mkdirSync(join(root, "policy"));
    write(
      "policy/index.ts",
      'import { word } from "../stacks/word";\nexport const main = () => `no ${word}`;\n',
    );
    const [program, pack] = await Promise.all([bundleProgram(root), bundlePack(root)]);
    assert.deepEqual([run(program), run(pack)], ["first", "no first"]);
    write("stacks/word.ts", 'export const word = "other";\n', 30);
    assert.equal(run(await bundlePack(root)), "no other");
  });

  it("names the place of a mistake in a source", async () => {
    write("stacks/word.ts", "export const word = ;\n");
    await assert.rejects(bundleProgram(root), /stacks\/word\.ts:1:20: ERROR/);
  });
});
