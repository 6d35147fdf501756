import assert from "node:assert/strict";

import { Exceptions } from "../../../policy/exceptions";
import { THRESHOLDS } from "../../../policy/gate/limits";
import { packRemarks } from "../../../policy/gate/pack-remarks";
import { parsePreview } from "../../../policy/gate/parse";
import { planOf, type Plan } from "../../../policy/gate/plan";
import { changesText } from "../../../policy/gate/report/changes";
import { stackOf } from "../../../policy/gate/stack";
import { type Described, document, named, workload } from "./steps";

const same = (text: string): string => text;
const PLAIN = { red: same, green: same, yellow: same, bold: same, dim: same };
const CLAIM = "core/v1:PersistentVolumeClaim";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function plan(...all: Described[]): Plan {
  return planOf(parsePreview(Buffer.from(document(all))), stackOf("prod"), THRESHOLDS);
}

describe("a deployment as it is shown", () => {
  it("names what changes, field by field, and sums up in the engine's words", () => {
    const text = changesText(
      plan(
        { type: "core/v1:Secret", name: "made", to: { inputs: named("made") } },
        { type: "apps/v1:Deployment", name: "web", from: workload({}), to: workload({}, { replicas: 3 }) },
        { type: CLAIM, name: "gone", from: { inputs: named("gone") } },
        { type: CLAIM, name: "kept", from: { inputs: named("kept") }, to: { inputs: named("kept") } },
      ),
      PLAIN,
    );
    const lines = [
      " +  Secret/made",
      " ~  Deployment/web  spec.replicas",
      " -  PersistentVolumeClaim/gone",
      "",
    ];
    const sums = [
      "Resources:",
      "    + 1 to create",
      "    ~ 1 to update",
      "    - 1 to delete",
      "    1 unchanged",
    ];
    assert.deepEqual(text.split("\n"), [...lines, ...sums]);
  });

  it("shows no value, and says when it is hidden", () => {
    const side = (data: string) => ({ inputs: { ...named("s"), data } });
    const hidden = {
      steps: [{ op: "update", urn: "urn:pulumi:prod::packit::kubernetes:core/v1:Secret::s" }],
    };
    const [step] = hidden.steps;
    const state = { urn: step?.urn, type: "kubernetes:core/v1:Secret", ...side("[secret]") };
    const text = JSON.stringify({ steps: [{ ...step, oldState: state, newState: state }] });
    const shown = changesText(planOf(parsePreview(Buffer.from(text)), stackOf("prod"), THRESHOLDS), PLAIN);
    assert.match(shown, /~ {2}Secret\/s {2}a hidden value/);
    assert.doesNotMatch(
      changesText(plan({ type: "core/v1:Secret", from: side("old"), to: side("new") }), PLAIN),
      /old|new/,
    );
  });

  it("has no remark of what is excepted", () => {
    const shown = plan({ type: CLAIM, name: "data", to: { inputs: named("data") } });
    const exceptions = packRemarks(shown).map((remark) => ({
      rule: /\[(\S+), /.exec(remark)?.[1] ?? "",
      resource: "PersistentVolumeClaim/data",
      reason: "a test",
      until: "2027-01-31",
    }));
    const [first] = exceptions;
    const others = exceptions.filter(({ rule }) => rule !== first?.rule);
    const on = (day: string, excepted = exceptions) =>
      packRemarks(shown, new Exceptions(excepted, new Date(day))).length;
    assert.equal(on("2027-01-31"), 0);
    assert.equal(on("2027-01-31", others), exceptions.length - others.length);
    assert.equal(on("2027-02-01"), exceptions.length);
    assert.ok(others.length > 0 && others.length < exceptions.length);
  });

  it("has the remarks of the policy's rules, and none of values that are hidden or not known yet", () => {
    const remarks = packRemarks(plan({ type: CLAIM, name: "data", to: { inputs: named("data") } }));
    assert.ok(
      remarks.some((remark) =>
        /^PersistentVolumeClaim\/data: .* \[state\/protected, mandatory\]$/.test(remark),
      ),
    );
    const unknown = {
      type: CLAIM,
      name: "data",
      to: { inputs: { metadata: UNKNOWN, spec: "[secret]" }, protect: true },
    };
    assert.deepEqual(
      packRemarks(plan(unknown)).filter((remark) => remark.includes("state/protected")),
      [],
    );
  });
});
