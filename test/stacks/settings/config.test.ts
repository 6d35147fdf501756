import assert from "node:assert/strict";

import { stackConfig } from "../../../stacks/settings";

describe("a stack's configuration", () => {
  it("reads what the engine hands over: text, and maps and lists as JSON", () => {
    const { values } = stackConfig(
      { "packit:platform": "openshift", "packit:labels": '{"team":"packit"}', "packit:forges": "[1]" },
      [],
    );
    assert.deepEqual(values, { platform: "openshift", labels: { team: "packit" }, forges: [1] });
  });

  it("leaves other namespaces alone", () => {
    assert.deepEqual(stackConfig({ "aws:region": "eu" }, ["aws:secretKey"]), {
      values: {},
      secretKeys: new Set(),
    });
  });

  it("keeps text that only begins like a map", () => {
    assert.deepEqual(stackConfig({ "packit:owner": "{me" }, []).values, { owner: "{me" });
  });

  it("knows which keys are encrypted", () => {
    assert.deepEqual(stackConfig({}, ["packit:secrets"]).secretKeys, new Set(["secrets"]));
  });
});
