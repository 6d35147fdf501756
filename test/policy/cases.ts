import assert from "node:assert/strict";

import type { PolicyStack } from "../../policy/resource";
import type { Rule } from "../../policy/rule";
import type { StackUnderTest } from "../stacks/deployed";
import { altered, realStack, saysOf, type Alteration } from "./real";

/** What a rule takes and what it refuses, in a resource of the project's own. */
export interface Case {
  readonly rule: Rule;
  /** The resource: kind and name. */
  readonly on: string;
  /** Its stack, or what makes one. @default "prod, complete" */
  readonly in?: StackUnderTest | (() => Promise<PolicyStack>);
  /** Something else that is just as well. @default the resource as it is */
  readonly good?: Alteration;
  /** One thing that makes it wrong. */
  readonly bad: Alteration;
  /** The sentences about it, each with kind and name in front of it. */
  readonly says: readonly string[];
  /** What sets the case apart, where a rule has several. */
  readonly when?: string;
}

/** Makes the tests of an area's cases. */
export function testCases(area: string, cases: readonly Case[]): void {
  describe(`rules of the area ${area}`, () => {
    for (const { rule, on, good, bad, says, when, ...rest } of cases) {
      it(`${rule.id}: takes ${on} as it is${when === undefined ? "" : `, and not ${when}`}`, async () => {
        const stack = await (typeof rest.in === "function" ? rest.in() : realStack(rest.in));
        const before = good === undefined ? stack : altered(stack, on, good);
        assert.deepEqual(saysOf(rule, before), []);
        assert.deepEqual(saysOf(rule, altered(stack, on, bad)).sort(), [...says].sort());
      });
    }
  });
}
