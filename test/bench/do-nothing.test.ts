import assert from "node:assert/strict";

import { doNothing } from "../../bench/do-nothing/provider";
import { Secret } from "../../local/plugins/frame/values";

describe("the plugin that does nothing", () => {
  const plugin = doNothing("kubernetes", "1.2.3");
  const target = { urn: "urn", type: "kubernetes:core/v1:Secret", name: "password" };
  const inputs = { data: new Secret({ key: "value" }), kind: "Secret" };

  it("answers with what it was asked", async () => {
    const created = await plugin.create({ ...target, inputs, timeoutSeconds: 0, preview: false });
    assert.deepEqual(created, { id: "password", state: inputs });
  });

  it("sees what has changed, also in a secret", async () => {
    const diff = async (news: typeof inputs) =>
      (await plugin.diff({ ...target, id: "1", state: inputs, oldInputs: inputs, news, ignoreChanges: [] }))
        .changes;
    assert.deepEqual(await diff(inputs), {});
    assert.deepEqual(await diff({ ...inputs, data: new Secret({ key: "other" }) }), { data: "update" });
  });
});
