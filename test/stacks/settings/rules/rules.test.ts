import assert from "node:assert/strict";

import { findingsOf } from "../loading";
import { INSTANCES } from "./instances";
import { PARTS } from "./parts";
import { PLACES } from "./places";

describe("rules over several settings", () => {
  for (const { it: title, stack, values, local = true, finding } of [...PLACES, ...INSTANCES, ...PARTS]) {
    it(title, () => {
      const findings = findingsOf(stack, { values, local }).filter(({ key }) => !isSecret(key));
      const about = findings.find(({ key }) => key === finding.key);
      assert.deepEqual(about === undefined ? findings : { ...about, ...finding }, about ?? finding);
      assert.deepEqual(
        findings.map(({ key }) => key),
        [finding.key],
      );
    });
  }

  it("look at the rest when single values are wrong", () => {
    const values = { platform: "mainframe", workers: { all: { replicas: 0 } } };
    assert.deepEqual(
      findingsOf("dev", { values }).map(({ key }) => key),
      ["packit:platform", "packit:workers.shortRunning.replicas", "packit:workers.longRunning.replicas"],
    );
  });
});

function isSecret(key: string): boolean {
  return key.startsWith("packit:secrets");
}
