import assert from "node:assert/strict";

import { exitCodeOf, judge } from "../../../policy/gate/judge";
import { THRESHOLDS } from "../../../policy/gate/limits";
import { parsePreview } from "../../../policy/gate/parse";
import { planOf } from "../../../policy/gate/plan";
import { stackOf } from "../../../policy/gate/stack";
import { CASES } from "./cases";
import { type Described, document, named, urnOf, verdict, workload } from "./steps";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const config: Described = {
  type: "core/v1:ConfigMap",
  from: { inputs: { ...named("c"), data: { a: "1" } } },
  to: { inputs: { ...named("c"), data: { a: "2" } } },
};
const claim = CASES["state/delete"]?.unsafe ?? [];
const [lost] = claim;
const deletion = `state/delete=${lost === undefined ? "" : urnOf(lost)}`;
const error = {
  diagnostics: [{ severity: "error", message: "<{%reset%}>it broke\nsecond line<{%reset%}>" }],
};

describe("the gate", () => {
  it("passes a safe change, and stops an unsafe one", () => {
    assert.equal(exitCodeOf(verdict([config])), 0);
    assert.equal(exitCodeOf(verdict([config, ...claim])), 1);
  });

  it("never passes a preview with an error, and says which", () => {
    const judged = verdict([config], {}, error);
    assert.equal(exitCodeOf(judged), 2);
    assert.deepEqual(judged.errors, ["it broke\nsecond line"]);
    assert.equal(exitCodeOf(verdict(claim, {}, error)), 1);
    assert.equal(exitCodeOf(verdict([config], {}, { maybeCorrupt: true })), 2);
    const warned = { diagnostics: [{ severity: "warning", message: "careful" }] };
    assert.equal(exitCodeOf(verdict([config], {}, warned)), 0);
  });

  it("takes a value that is not known yet for neither safe nor unsafe", () => {
    const scaled: Described = {
      type: "apps/v1:Deployment",
      from: workload({ image: "a" }),
      to: workload({ image: UNKNOWN }, { replicas: UNKNOWN }),
    };
    const { outcome, undecided, findings } = verdict([scaled]);
    assert.equal(outcome, "undecided");
    assert.deepEqual(findings, []);
    assert.deepEqual(undecided.map(({ rule }) => rule).sort(), ["images/moving", "workload/no-replicas"]);
    assert.equal(verdict([{ type: "apps/v1:Deployment", to: workload({ image: UNKNOWN }) }]).outcome, "safe");
  });

  it("compares archives and exported secrets, which the engine marks", () => {
    const marked = (hash: string) => ({
      code: { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", hash },
    });
    const lambda = (from: string, to: string): Described => ({
      type: "aws:lambda/function:Function",
      from: { inputs: marked(from) },
      to: { inputs: marked(to) },
    });
    for (const [to, count] of [
      ["a", 0],
      ["b", 1],
    ] as const) {
      const preview = parsePreview(Buffer.from(document([lambda("a", to)])));
      const { changes } = planOf(preview, stackOf("prod"), THRESHOLDS);
      assert.equal(changes[0]?.differences.length, count);
      assert.equal(judge(preview, "prod").outcome, "safe");
    }
  });

  it("does not pass operations, states or sums that it does not understand", () => {
    const document = JSON.parse(
      JSON.stringify({ steps: [{ op: "frobnicate", urn: urnOf(config) }] }),
    ) as object;
    const odd = judge(parsePreview(Buffer.from(JSON.stringify(document))), "prod");
    assert.match(odd.errors.join(), /operation frobnicate of thing is unknown/);
    assert.equal(exitCodeOf(odd), 2);
    const half = { steps: [{ op: "update", urn: urnOf(config), newState: null }] };
    assert.match(
      judge(parsePreview(Buffer.from(JSON.stringify(half))), "prod").errors.join(),
      /what was there/,
    );
    const cut = verdict([config], {}, { changeSummary: { update: 1, delete: 3 } });
    assert.deepEqual(cut.errors, ["its summary counts 3 of delete, and 0 are shown"]);
    assert.equal(exitCodeOf(cut), 2);
  });

  it("says what it cannot see when flags are missing, and judges the rest", () => {
    const { notes, outcome } = verdict([config], {}, { changeSummary: { update: 1, same: 80 } });
    assert.equal(outcome, "safe");
    assert.match(notes.join(), /--show-sames/);
    const replaced = JSON.stringify({
      steps: [{ op: "replace", urn: urnOf(config), oldState: side(), newState: side(), replaceReasons: [] }],
    });
    assert.match(judge(parsePreview(Buffer.from(replaced)), "prod").notes.join(), /--show-replacement-steps/);
  });

  it("refuses the preview of another stack", () => {
    assert.throws(
      () => judge(parsePreview(Buffer.from(document([config]))), "stg"),
      /a preview of stack prod, not of stg/,
    );
  });

  it("lets exactly that pass which is approved, and records the reason", () => {
    const [rule, urn] = [deletion.slice(0, 12), deletion.slice(13)];
    const approvals = { given: [{ rule, urn }], reason: "moved to the new cluster" };
    const judged = verdict([config, ...claim], { approvals });
    assert.equal(judged.outcome, "safe");
    assert.deepEqual(
      judged.approved.map(({ rule: of, approved }) => [of, approved]),
      [["state/delete", "moved to the new cluster"]],
    );
    const others = verdict(CASES["state/replace"]?.unsafe ?? [], { approvals });
    assert.equal(others.outcome, "unsafe");
    assert.match(others.notes.join(), /state\/delete=urn:.* approves nothing/);
  });

  it("lets a set of findings pass by its fingerprint, and no other set", () => {
    const { fingerprint = "" } = verdict(claim);
    assert.match(fingerprint, /^[0-9a-f]{12}$/);
    const approvals = { given: [], fingerprints: [fingerprint], reason: "meant" };
    assert.equal(verdict(claim, { approvals }).outcome, "safe");
    const more = [...claim, ...(CASES["workload/no-replicas"]?.unsafe ?? [])];
    assert.equal(verdict(more, { approvals }).outcome, "unsafe");
    assert.match(verdict(more, { approvals }).notes.join(), /is of other findings/);
  });

  it("tells that protection was passed over, where the engine did not refuse", () => {
    const gone: Described = { type: "core/v1:ConfigMap", from: { inputs: named("seal"), protect: true } };
    const rules = (more: object): string[] => verdict([gone], {}, more).findings.map(({ rule }) => rule);
    assert.deepEqual(rules({}), ["state/unprotect-and-delete"]);
    assert.deepEqual(rules(error), []);
  });
});

function side(): object {
  return { urn: urnOf(config), type: "kubernetes:core/v1:ConfigMap", inputs: {} };
}
