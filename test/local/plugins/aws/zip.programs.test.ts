import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { zipOf } from "../../../../local/plugins/aws/kinds/lambda/zip";
import { Files } from "../../../../local/plugins/frame/values";

/** Prints names, permissions and contents, after a check of every digest. */
const READ = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, oct(i.external_attr >> 16), z.read(i).decode()] for i in z.infolist()]))
`;

describe("archives of functions as zip files", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-zip-"));
    mkdirSync(join(folder, "library", "deep"), { recursive: true });
    writeFileSync(join(folder, "library", "deep", "more.txt"), "more ".repeat(5000));
    writeFileSync(join(folder, "index.js"), "");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const asset = (content: Record<string, string>) => new Files("asset", content);
  const archive = () =>
    new Files("archive", {
      assets: {
        "text.js": asset({ text: "exports.handler = 1" }),
        "index.js": asset({ path: join(folder, "index.js") }),
        lib: new Files("archive", { path: join(folder, "library") }),
      },
    });

  it("hold every file for every reader", () => {
    const file = join(folder, "code.zip");
    writeFileSync(file, zipOf(archive()));
    const read = execFileSync("python3", ["-c", READ, file], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(read), [
      ["index.js", "0o100644", ""],
      ["lib/deep/more.txt", "0o100644", "more ".repeat(5000)],
      ["text.js", "0o100644", "exports.handler = 1"],
    ]);
    assert.deepEqual(zipOf(new Files("archive", { path: file })), zipOf(archive()));
  });

  it("are the same bytes for the same files", () => {
    assert.deepEqual(zipOf(archive()), zipOf(archive()));
  });

  it("are refused where the files are somewhere in the network", () => {
    const far = new Files("archive", { assets: { a: asset({ uri: "https://example.org/a" }) } });
    assert.throws(() => zipOf(far), /https:\/\/example\.org\/a is not read/);
  });
});
