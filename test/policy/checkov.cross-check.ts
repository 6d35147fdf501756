import assert from "node:assert/strict";

import { ACCEPTED_OF_CHECKOV } from "../../policy/checks/accepted";
import { judge, mandatoryRules } from "../../policy/findings";
import { displayName } from "../../policy/kubernetes";
import type { PolicyResource } from "../../policy/resource";
import { checkov } from "./checkov";
import { crossChecked } from "./cross-checked";
import { podMutations } from "./mutations/pods";
import { rightsMutations } from "./mutations/rights";
import { applies } from "./mutations/mutation";
import { altered, realStack, type Draft } from "./real";

/** Time in milliseconds to install it and to look at everything. */
const TIMEOUT_MS = 600_000;

describe("checkov", function () {
  this.timeout(TIMEOUT_MS);

  it("finds nothing in the project's objects but what there is a reason for, and all of that", async () => {
    const failed = await checkov(await crossChecked());
    const ids = [...new Set(failed.map(({ id }) => id))].sort();
    assert.deepEqual(ids, Object.keys(ACCEPTED_OF_CHECKOV).sort());
  });

  it("finds nothing in broken objects that the rules do not find", async () => {
    const stack = await realStack("prod, complete");
    const rules = mandatoryRules("prod");
    const said = new Map<string, boolean>();
    const mutants: PolicyResource[] = [];
    for (const mutation of [...podMutations, ...rightsMutations]) {
      const victim = stack.resources.find((resource) => applies(mutation, resource, stack));
      assert.ok(victim, mutation.what);
      for (const choice of [0, 7, 14, 21]) {
        const title = displayName(victim);
        const broken = altered(stack, title, (draft: Draft) => mutation.change(draft, choice, stack));
        const mutant = broken.resources[stack.resources.indexOf(victim)] as Draft;
        said.set(`mutant-${mutants.length}`, judge(mutant, rules, broken).findings.length > 0);
        mutants.push({
          ...mutant,
          inputs: {
            ...mutant.inputs,
            metadata: { ...mutant.inputs.metadata, name: `mutant-${mutants.length}` },
          },
        });
      }
    }
    const policies = stack.resources.filter(({ type }) => type.endsWith(":NetworkPolicy"));
    const failed = (await checkov([...mutants, ...policies])).filter(
      ({ id }) => !(id in ACCEPTED_OF_CHECKOV),
    );
    assert.ok(failed.length > 20, `checkov found ${failed.length} faults`);
    const missed = failed.filter(({ object }) => said.get(/mutant-\d+/.exec(object)?.[0] ?? "") !== true);
    assert.deepEqual(missed, []);
  });
});
