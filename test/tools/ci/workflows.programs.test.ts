import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { localFolder, projectRoot } from "../../../tools/setup/project";

const ROOT = projectRoot();
const WORKFLOWS = join(ROOT, ".github", "workflows");

describe("the workflows", function () {
  // The checker is built when it is first run.
  this.timeout(300_000);
  let folder = "";
  before(() => {
    mkdirSync(localFolder(ROOT), { recursive: true });
    folder = mkdtempSync(join(localFolder(ROOT), "workflows-test-"));
    const built = spawnSync(
      "go",
      ["build", "-o", join(folder, "actionlint"), "github.com/rhysd/actionlint/cmd/actionlint"],
      {
        cwd: join(ROOT, "tools", "go", "actionlint"),
        encoding: "utf8",
        env: {
          ...process.env,
          CGO_ENABLED: "0",
          GOFLAGS: "-mod=readonly -buildvcs=false",
          GOTOOLCHAIN: "local",
          GOWORK: "off",
        },
      },
    );
    assert.equal(built.status, 0, built.stderr);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const check = (...files: string[]) =>
    spawnSync(join(folder, "actionlint"), ["-no-color", "-shellcheck=", "-pyflakes=", ...files], {
      encoding: "utf8",
    });

  it("are what GitHub takes", () => {
    const { status, stdout } = check(...readdirSync(WORKFLOWS).map((file) => join(WORKFLOWS, file)));
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });

  it("would be found out otherwise", () => {
    const broken = join(folder, "broken.yml");
    const text = readFileSync(join(WORKFLOWS, "preview.yml"), "utf8");
    writeFileSync(broken, text.replace("github.event.pull_request.base.sha", "github.evnt.base"));
    const { status, stdout } = check(broken);
    assert.notEqual(status, 0);
    assert.match(stdout, /property "evnt" is not defined/);
  });

  it("give no secret to what comes from a fork", () => {
    const text = readFileSync(join(WORKFLOWS, "preview.yml"), "utf8");
    assert.doesNotMatch(text, /pull_request_target/);
    const [, fork = ""] = text.split(/^ {2}fork:$/m);
    assert.match(fork, /head\.repo\.full_name != github\.repository/);
    assert.doesNotMatch(fork, /secrets\.|environment:|checkout/);
    assert.match(text, /if: github\.event\.pull_request\.head\.repo\.full_name == github\.repository/);
  });
});
