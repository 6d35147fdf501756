import assert from "node:assert/strict";

import { judge, mandatoryRules } from "../../policy/findings";
import type { PolicyStack } from "../../policy/resource";
import { whereIs } from "../../policy/where";
import { COPRS, deployedCopr } from "./copr/deployed";
import { deployed, stackNameOf, STACKS } from "./deployed";

function findings(stack: PolicyStack): string[] {
  const rules = mandatoryRules(whereIs(stack.name));
  return stack.resources
    .flatMap((resource) => judge(resource, rules, stack).findings)
    .map(({ rule, where, problem }) => `${where}: ${problem} [${rule.id}]`);
}

describe("the policy", () => {
  for (const name of STACKS) {
    it(`has nothing to say against ${name}`, async () => {
      const { stack } = await deployed(name);
      assert.deepEqual(findings({ name: stackNameOf(name).name, resources: stack.resources }), []);
    });
  }

  for (const name of COPRS) {
    it(`has nothing to say against ${name}`, async () => {
      const { stack } = await deployedCopr(name);
      assert.deepEqual(findings({ name, resources: stack.resources }), []);
    });
  }
});
