import assert from "node:assert/strict";

import { judge, mandatoryRules } from "../../policy/findings";
import { whereIs } from "../../policy/where";
import { deployed, stackNameOf, STACKS } from "./deployed";

describe("the policy", () => {
  for (const name of STACKS) {
    it(`has nothing to say against ${name}`, async () => {
      const { stack } = await deployed(name);
      const stackName = stackNameOf(name).name;
      const rules = mandatoryRules(whereIs(stackName));
      const findings = stack.resources.flatMap(
        (resource) => judge(resource, rules, { name: stackName, resources: stack.resources }).findings,
      );
      assert.deepEqual(
        findings.map(({ where, problem }) => `${where}: ${problem}`),
        [],
      );
    });
  }
});
