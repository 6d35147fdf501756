import assert from "node:assert/strict";

import { nextSteps } from "../../cli/commands/next";
import { parseStackName, requirePackit } from "../../stacks/settings";

/** How a stack is taken down, as a deployment of it says at its end. */
function takenDown(name: string, local: boolean): string | undefined {
  const stack = requirePackit(parseStackName(name));
  return new Map(nextSteps({ stack, local, namespace: name })).get("take it down");
}

describe("what a deployment says at its end", () => {
  it("is how to take down what may go", () => {
    assert.equal(takenDown("dev-pr-614", true), "make destroy STACK=dev-pr-614");
    assert.equal(takenDown("stg-pr-614", false), "make destroy STACK=stg-pr-614");
  });

  it("is nothing that would stop at the protection of staging and production", () => {
    assert.equal(takenDown("prod", false), undefined);
    assert.match(
      takenDown("prod", true) ?? "",
      /state unprotect -s prod --all --yes && make destroy STACK=prod LOCAL=1$/,
    );
  });
});
