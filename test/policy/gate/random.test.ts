import assert from "node:assert/strict";

import fc from "fast-check";

import { exitCodeOf, judge } from "../../../policy/gate/judge";
import { parsePreview } from "../../../policy/gate/parse";
import { asJson } from "../../../policy/gate/report/json";
import { asMarkdown } from "../../../policy/gate/report/markdown";
import { asSarif } from "../../../policy/gate/report/sarif";
import { Unreadable } from "../../../policy/gate/unreadable";
import { CASES } from "./cases";
import { steps } from "./steps";

const OPS = [
  "same",
  "create",
  "update",
  "delete",
  "replace",
  "create-replacement",
  "delete-replaced",
  "read",
  "odd",
];
const real = Object.values(CASES)
  .flatMap(({ unsafe, safe }) => [...unsafe, ...safe])
  .map((described) => ({ ...described, stack: "prod" }));

const kind = fc.constantFrom(
  ...new Set(real.map(({ type }) => (type.split(":").length === 2 ? `kubernetes:${type}` : type))),
);
const state = fc.option(
  fc.record({
    urn: fc.string(),
    type: kind,
    inputs: fc.option(
      fc.dictionary(fc.constantFrom("metadata", "spec", "data", "x"), fc.jsonValue({ maxDepth: 3 })),
    ),
    protect: fc.option(fc.boolean()),
    retainOnDelete: fc.option(fc.boolean()),
    ignoreChanges: fc.option(fc.array(fc.string())),
    parent: fc.option(fc.string()),
    provider: fc.option(fc.string()),
  }),
);
const madeUp = fc
  .record({
    op: fc.constantFrom(...OPS),
    type: kind,
    oldState: state,
    newState: state,
    replaceReasons: fc.option(fc.array(fc.string())),
    detailedDiff: fc.option(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))),
  })
  .map(({ type, ...step }) => ({ ...step, urn: `urn:pulumi:prod::packit::${type}::name` }));
const step = fc.oneof(madeUp, fc.constantFrom(...real.flatMap(steps)));
const diagnostics = fc.array(
  fc.record({ severity: fc.constantFrom("error", "warning", "info"), message: fc.string() }),
  { maxLength: 3 },
);

describe("the gate on random steps", () => {
  it("never breaks, and never passes a preview with an error", () => {
    let judged = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), diagnostics, (given, said) => {
        let verdict;
        try {
          verdict = judge(
            parsePreview(Buffer.from(JSON.stringify({ steps: given, diagnostics: said }))),
            "prod",
          );
        } catch (error) {
          assert.ok(error instanceof Unreadable, String(error));
          return;
        }
        judged += 1;
        const code = exitCodeOf(verdict);
        const hasError = said.some(({ severity }) => severity === "error");
        assert.ok([0, 1, 2].includes(code));
        if (hasError || given.some((one) => (one as { op: string }).op === "odd")) assert.notEqual(code, 0);
        for (const report of [asJson, asMarkdown, asSarif]) assert.ok(report(verdict).length > 0);
      }),
      { numRuns: 500 },
    );
    assert.ok(judged > 250, String(judged));
  });
});
