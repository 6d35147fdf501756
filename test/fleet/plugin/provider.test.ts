import assert from "node:assert/strict";

import { fleetProvider, SWEEP } from "../../../fleet/plugin/provider";
import type { CheckRequest } from "../../../local/plugins/frame/provider";
import { Secret, type Properties } from "../../../local/plugins/frame/values";

const TAG = "organization/packit/copr-stg";

describe("the plugin that ends a stack's builders", () => {
  const plugin = fleetProvider({ name: "packit-fleet", version: "1.0.0", description: "" });
  const check = (news: Properties, type = SWEEP): CheckRequest => ({
    urn: "urn:pulumi:copr-stg::packit::sweep::sweep",
    type,
    name: "sweep",
    olds: undefined,
    news,
    randomSeed: new Uint8Array(),
    autonaming: undefined,
  });
  const reasons = async (news: Properties, type = SWEEP) =>
    (await plugin.check(check(news, type))).failures.map(({ reason }) => reason).join("\n");
  const configReasons = async (news: Properties) =>
    (await plugin.checkConfig(check(news))).failures.map(({ reason }) => reason).join("\n");

  it("takes a stack's tag and nothing that could be another's", async () => {
    assert.equal(await reasons({ tag: TAG }), "");
    assert.match(await reasons({}), /"tag" is required/);
    assert.match(await reasons({ tag: "*" }), /cannot be a stack's tag/);
    assert.match(await reasons({ tag: TAG, tags: "x" }), /unknown property "tags": did you mean "tag"/);
    assert.match(await reasons({ tag: TAG }, "packit-fleet:index:Sweeper"), /the plugin has .*:Sweep only/);
  });

  it("is replaced when the tag changes, so that the old one is swept", async () => {
    const request = { ...check({ tag: "other" }), id: TAG, state: { tag: TAG }, ignoreChanges: [] };
    const other = await plugin.diff({ ...request, oldInputs: { tag: TAG } });
    assert.deepEqual(other.changes, { tag: "update-replace" });
    assert.deepEqual((await plugin.diff({ ...request, oldInputs: { tag: "other" } })).changes, {});
  });

  it("is configured with a region, and a key only as a whole", async () => {
    assert.equal(await configReasons({ region: "us-east-1", profile: "copr", version: "1.0.0" }), "");
    assert.equal(
      await configReasons({ region: "us-east-1", accessKey: "a", secretKey: new Secret("b") }),
      "",
    );
    assert.match(await configReasons({ profile: "copr" }), /"region" is required/);
    assert.match(await configReasons({ region: "us-east-1", accessKey: "a" }), /go together/);
    assert.match(await configReasons({ region: "us-east-1", profil: "a" }), /did you mean "profile"/);
  });

  it("takes another key without touching what it has", async () => {
    const change = {
      ...check({ region: "us-east-1", accessKey: "new" }),
      id: "",
      state: {},
      ignoreChanges: [],
    };
    const { changes } = await plugin.diffConfig({
      ...change,
      oldInputs: { region: "us-east-1", accessKey: "old" },
    });
    assert.deepEqual(changes, { accessKey: "update" });
  });
});
