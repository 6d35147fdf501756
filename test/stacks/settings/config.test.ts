import assert from "node:assert/strict";

import { stackConfig } from "../../../stacks/settings";
import { findingAbout, load } from "./loading";

describe("a stack's configuration", () => {
  it("reads what the engine hands over: text, and maps and lists as JSON", () => {
    const all = {
      "packit:platform": "openshift",
      "packit:labels": '{"team":"packit"}',
      "packit:service": '{"admins":"[\\"octocat\\"]"}',
      "packit:workers": '{"all":"{\\"replicas\\":\\"3\\"}"}',
    };
    const settings = load("dev", { values: stackConfig(all, []).values });
    assert.equal(settings.platform, "openshift");
    assert.deepEqual(settings.labels, { team: "packit" });
    assert.deepEqual(settings.service.admins, ["octocat"]);
    assert.equal(settings.workers.all.replicas, 3);
    assert.equal(settings.workers.all.concurrency, 1);
  });

  it("refuses text that only begins like a map", () => {
    const values = stackConfig({ "packit:workers": "{me" }, []).values;
    assert.equal(findingAbout("packit:workers", "dev", { values }).problem, "is text");
  });

  it("leaves other namespaces alone", () => {
    assert.deepEqual(stackConfig({ "aws:region": "eu" }, ["aws:secretKey"]), {
      values: {},
      secretKeys: new Set(),
    });
  });

  it("knows which keys are encrypted", () => {
    assert.deepEqual(stackConfig({}, ["packit:secrets"]).secretKeys, new Set(["secrets"]));
  });
});
