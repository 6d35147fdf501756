import assert from "node:assert/strict";

import { isUsed } from "../../../cli/commands/secrets/needs";
import { packitRules } from "../../../cli/commands/secrets/rules";
import { load } from "../../stacks/settings/loading";

describe("whether a stack has use for a secret", () => {
  it("is so for any name where the instance has a repository of its own, and nowhere else", () => {
    const files = {
      dev: `config:
  packit:testInstances: { repository: { owner: packit-test, template: packit-test/template } }
`,
    };
    const isUsedIn = (name: string, situation: Parameters<typeof load>[1]): boolean =>
      isUsed(packitRules(load(name, situation)), ["repository", "WORD"]);
    assert.equal(isUsedIn("dev-pr-614", { files }), true);
    assert.equal(isUsedIn("dev-pr-614", {}), false);
    assert.equal(isUsedIn("stg", { local: true }), false);
  });
});
