import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { program } from "../support/programs";

const NOBODY = 65534;

const FOLDER = join(__dirname, "../../jobs/revdep");

/** Passes with the package of the image under test, and not with the one that lies beside it. */
const TEST = `
import pathlib
import unittest

import service


class Test(unittest.TestCase):
    def test_code(self):
        self.assertEqual(service.VERSION, "new")
        pathlib.Path("report.txt").write_text("written\\n")
`;

describe("the programs that run Packit's tests", () => {
  const python = program("python3");
  const git = program("git");
  let box: string;
  beforeEach(() => {
    box = mkdtempSync(join(tmpdir(), "packit-stacks-"));
  });
  afterEach(() => {
    rmSync(box, { recursive: true });
  });

  function folder(name: string, files: Readonly<Record<string, string>>): string {
    const root = join(box, name);
    mkdirSync(root, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return root;
  }

  /** As in the image of the tests: the sources' history, which is somebody else's, and no tests beside it. */
  function history(files: Readonly<Record<string, string>>): string {
    const made = folder("made", files);
    for (const words of ["init --quiet", "add --all", "commit --quiet --message=Tests"]) {
      const who = ["-c", "user.name=Packit", "-c", "user.email=packit@example.org"];
      const { status, stderr } = spawnSync(git, ["-C", made, ...who, ...words.split(" ")]);
      assert.equal(status, 0, String(stderr));
    }
    const root = folder("src", { "service/__init__.py": 'VERSION = "old"\n' });
    cpSync(join(made, ".git"), join(root, ".git"), { recursive: true });
    if (process.getuid?.() === 0) {
      for (const path of ["", ".git"]) chownSync(join(root, path), NOBODY, NOBODY);
    }
    return root;
  }

  function run(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { status, stdout, stderr } = spawnSync(python, ["-B", join(FOLDER, name), ...args], {
      cwd: box,
      env: { ...process.env, PYTHONPATH: undefined, ...env },
      encoding: "utf8",
    });
    return { status, output: stdout + stderr };
  }

  /** The two containers of the Job, one after the other. */
  const take = (image: string) => run("take.py", ["service", folder("code", {})], { PYTHONPATH: image });
  const test = (sources: string, command: readonly string[] = ["python3", "-m", "unittest", "-v"]) => {
    const folders = [
      `--sources=${sources}`,
      `--code=${join(box, "code")}`,
      `--folder=${folder("tests", {})}`,
    ];
    return run("test.py", [...folders, "--package=service", "--", ...command]);
  };

  const IMAGE = { "service/__init__.py": 'VERSION = "new"\n', "service/__pycache__/x.pyc": "" };
  const SOURCES = {
    "service/__init__.py": 'VERSION = "old"\n',
    "tests/__init__.py": "",
    "tests/test_it.py": TEST,
  };

  it("run them, out of somebody else's git history, against the code of the other image", () => {
    const taken = take(folder("image", IMAGE));
    assert.equal(taken.status, 0, taken.output);
    assert.match(taken.output, /^service: 1 files from .*\/image\/service\n$/);
    assert.ok(!existsSync(join(box, "code/service/__pycache__")));
    const sources = history(SOURCES);
    const tested = test(sources);
    assert.equal(tested.status, 0, tested.output);
    assert.match(tested.output, /test_code .*\.\.\. ok/);
    assert.equal(readFileSync(join(box, "tests/report.txt"), "utf8"), "written\n");
    assert.deepEqual(readdirSync(sources).sort(), [".git", "service"]);
  });

  it("end as they do", () => {
    take(folder("image", { "service/__init__.py": 'VERSION = "newer"\n' }));
    const tested = test(folder("plain", SOURCES));
    assert.equal(tested.status, 1, tested.output);
    assert.match(tested.output, /'newer' != 'new'/);
    assert.equal(test(folder("plain", SOURCES), ["sh", "-c", "exit 5"]).status, 5);
  });

  it("do not take the code that the tests came with for the image's", () => {
    const none = take(folder("image", {}));
    assert.equal(none.status, 1);
    assert.match(
      none.output,
      /^error: this image has no Python package service, .* packit:celery\.app begins/,
    );
    for (const sources of [SOURCES, { ...SOURCES, "service.py": "" }]) {
      const tested = test(folder("plain", sources));
      assert.equal(tested.status, 1);
      assert.match(tested.output, /^error: the tests would run against no service, not against the image's/);
    }
  });

  it("say what else is missing, and which setting names it", () => {
    take(folder("image", IMAGE));
    assert.match(test(join(box, "none")).output, /^error: .* no folder .*\/none: see packit:revdep\.sources/);
    assert.match(
      test(folder("plain", SOURCES), ["no-such-program"]).output,
      /^error: no-such-program cannot be run: No such file/,
    );
    mkdirSync(join(folder("broken", SOURCES), ".git"));
    assert.match(test(join(box, "broken")).output, /error: the history in .*\/broken cannot be read/);
  });
});
