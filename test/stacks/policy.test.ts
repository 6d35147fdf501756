import assert from "node:assert/strict";

import { judge, mandatoryRules } from "../../policy/findings";
import { deployed, stackNameOf, STACKS } from "./deployed";

describe("the policy", () => {
  for (const name of STACKS) {
    it(`has nothing to say against ${name}`, async () => {
      const { stack } = await deployed(name);
      const rules = mandatoryRules(stackNameOf(name).deployment);
      const findings = stack.resources.flatMap((resource) => judge(resource, rules).findings);
      assert.deepEqual(
        findings.map(({ where, problem }) => `${where}: ${problem}`),
        [],
      );
    });
  }
});
