import assert from "node:assert/strict";

import { configuredExceptions } from "../../policy/configured-exceptions";
import { Exceptions } from "../../policy/exceptions";
import { judge } from "../../policy/findings";
import { limits } from "../../policy/rules/resources/limits";
import { deployment } from "./examples";

const EXCEPTION = {
  rule: "resources/limits",
  resource: "Deployment/web",
  reason: "measured next week",
  until: "2027-01-31",
};

/** Whether what is wrong with the Deployment `web` is allowed on a day. */
function allows(exception: typeof EXCEPTION, day: string): boolean {
  const [finding] = judge(deployment({ name: "web" }), [limits]).findings;
  assert.ok(finding);
  return new Exceptions([exception], new Date(day)).allow(finding);
}

describe("exceptions from the policy", () => {
  it("hold for one rule and one resource", () => {
    assert.equal(allows(EXCEPTION, "2027-01-01"), true);
    assert.equal(allows({ ...EXCEPTION, rule: "images/pinned" }, "2027-01-01"), false);
    assert.equal(allows({ ...EXCEPTION, resource: "Deployment/nginx" }, "2027-01-01"), false);
  });

  it("hold to the end of their last day, and fail the run from the next one on", () => {
    assert.equal(allows(EXCEPTION, "2027-01-31T23:59:59Z"), true);
    assert.equal(allows(EXCEPTION, "2027-02-01T00:00:00Z"), false);
    const problems = (day: string) =>
      new Exceptions([EXCEPTION], new Date(day)).findings().map(({ problem }) => problem);
    assert.deepEqual(problems("2027-01-31T23:59:59Z"), []);
    assert.deepEqual(problems("2027-02-01T00:00:00Z"), [
      "the exception of Deployment/web from resources/limits ended on 2027-01-31",
    ]);
  });

  it("fail the run when they mean no rule", () => {
    const [finding] = new Exceptions([{ ...EXCEPTION, rule: "resources/limit" }], new Date(0)).findings();
    assert.equal(finding?.problem, "there is no rule resources/limit, which Deployment/web is excepted from");
  });

  it("are read from the configuration as the program reads them, with dates in quotes and without", () => {
    const written = (until: string) => ({
      "packit:policyExceptions": JSON.stringify([{ ...EXCEPTION, until }]),
    });
    assert.deepEqual(configuredExceptions(written("2027-01-31")), [EXCEPTION]);
    assert.deepEqual(configuredExceptions(written("2027-01-31 00:00:00 +0000 UTC")), [EXCEPTION]);
    for (const until of ["2027-01-31 08:00:00 +0000 UTC", "2027-02-30", "some day"])
      assert.deepEqual(configuredExceptions(written(until)), []);
    assert.deepEqual(configuredExceptions({}), []);
  });
});
