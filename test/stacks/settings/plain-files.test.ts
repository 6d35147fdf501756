import assert from "node:assert/strict";

import { readPlainFile } from "../../../stacks/settings/plain-files";
import { filesOf, findingsIn } from "./loading";

describe("settings files read without the engine", () => {
  it("gives the settings of the project alone", () => {
    const files = filesOf({ dev: "config:\n  packit:platform: openshift\n  aws:region: eu\n" });
    assert.deepEqual(readPlainFile(files, "dev").settings, { platform: "openshift" });
  });

  it("leaves out what is encrypted and says where it was", () => {
    const files = filesOf({
      dev: "config:\n  packit:cluster:\n    context: c\n    kubeconfig:\n      secure: AAAB\n  packit:owner:\n    secure: AAAB\n",
    });
    assert.deepEqual(readPlainFile(files, "dev"), {
      settings: { cluster: { context: "c" } },
      encrypted: [["cluster", "kubeconfig"], ["owner"]],
    });
  });

  it("never gives secrets, not even those in plain text", () => {
    const files = filesOf({ dev: "config:\n  packit:secrets:\n    database:\n      password: hunter2\n" });
    assert.deepEqual(readPlainFile(files, "dev").settings, {});
  });

  for (const text of ["", "config:\n", "[]", "encryptionsalt: v1:x\n"]) {
    it(`takes ${JSON.stringify(text)} as no settings`, () => {
      assert.deepEqual(readPlainFile(filesOf({ dev: text }), "dev"), { settings: {}, encrypted: [] });
    });
  }

  it("takes a file that is not there as no settings", () => {
    assert.deepEqual(readPlainFile(filesOf({}), "dev"), { settings: {}, encrypted: [] });
  });

  it("refuses what is not YAML", () => {
    const [finding] = findingsIn(() => readPlainFile(filesOf({ dev: "config: [\n" }), "dev"));
    assert.equal(finding?.key, "Pulumi.dev.yaml");
    assert.equal(finding.problem, "is not YAML");
  });
});
