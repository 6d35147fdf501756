import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { archiveName, isUsable } from "../../../tools/setup/engine";
import { projectRoot } from "../../../tools/setup/project";
import { elapsed } from "../../../tools/setup/progress";
import { judge } from "../../../tools/setup/requirements";
import {
  engineVersion,
  isAtLeast,
  kubernetesVersion,
  languageHostVersion,
  pinKey,
} from "../../../tools/setup/versions";

const root = projectRoot();
const goMod = (name: string): string => readFileSync(join(root, "tools", "go", name, "go.mod"), "utf8");

describe("versions", () => {
  for (const [found, wanted, enough] of [
    ["1.26.8", "1.26", true],
    ["go1.27rc1", "1.26", true],
    ["go1.25.9", "1.26", false],
    ["3.9.2", "3.11", false],
    ["4.0", "3.11", true],
    ["", "3.11", false],
  ] as const) {
    it(`${found || "nothing"} is ${enough ? "" : "not "}at least ${wanted}`, () => {
      assert.equal(isAtLeast(found, wanted), enough);
    });
  }

  it("says which version is needed of what is missing or too old", () => {
    assert.equal(judge("Go", "go1.26.1", "1.26", "install it"), undefined);
    assert.equal(judge("Go", "go1.25.1", "1.26", "install 1.26"), "Go go1.25.1 is too old: install 1.26");
    assert.equal(judge("Go", undefined, "1.26", "install 1.26"), "Go is missing: install 1.26");
  });

  it("takes any patch of the pinned engine and nothing else", () => {
    assert.equal(isUsable("3.220.0"), true);
    assert.equal(isUsable("3.220.4"), true);
    assert.equal(isUsable("3.2200.0"), false);
    assert.equal(isUsable("3.250.0"), false);
  });

  it("pins in go.mod what the code says is built", () => {
    assert.match(goMod("engine"), new RegExp(`pulumi/pkg/v3 v${engineVersion}\n`));
    assert.match(goMod("language-nodejs"), new RegExp(`pulumi/sdk/v3 v${languageHostVersion}\n`));
    assert.match(goMod("kubernetes"), new RegExp(`k8s.io/kubernetes v${kubernetesVersion}\n`));
  });

  it("runs the same engine as the SDK in package.json", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    assert.equal(manifest.dependencies["@pulumi/pulumi"], engineVersion);
  });

  it("gives every set of pins a cache folder of its own", () => {
    assert.match(pinKey(root, ["engine"]), /^[0-9a-f]{8}$/);
    assert.notEqual(pinKey(root, ["engine"]), pinKey(root, ["engine", "kubernetes"]));
  });

  it("names the official archive", () => {
    assert.equal(archiveName("linux", "x64"), `pulumi-v${engineVersion}-linux-x64.tar.gz`);
  });

  it("tells times as a person would", () => {
    assert.equal(elapsed(1_400), "1 s");
    assert.equal(elapsed(185_000), "3 min 5 s");
  });
});
