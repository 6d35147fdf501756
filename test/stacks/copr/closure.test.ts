import assert from "node:assert/strict";

import { judge, mandatoryRules } from "../../../policy/findings";
import { closureFindings } from "../../support/closure";
import { COPRS, coprNameOf, deployedCopr } from "./deployed";

for (const name of COPRS) {
  describe(`the objects of ${name}`, () => {
    it("refer to nothing that is not there", async () => {
      const { objects } = await deployedCopr(name);
      assert.deepEqual(closureFindings(objects), []);
    });

    it("obey the policy", async () => {
      const { stack } = await deployedCopr(name);
      const rules = mandatoryRules(coprNameOf(name).deployment);
      const findings = stack.resources.flatMap((resource) => judge(resource, rules).findings);
      assert.deepEqual(
        findings.map(({ where, problem }) => `${where}: ${problem}`),
        [],
      );
    });
  });
}
