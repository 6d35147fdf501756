import assert from "node:assert/strict";

import { UNSAFE_CHANGES } from "../../../policy/gate/registry";
import { readPages } from "../../support/pages";
import { CASES } from "./cases";
import { urnOf, verdict } from "./steps";

describe("the gate's unsafe changes", () => {
  it("are the 28 of production and three more, each with an unsafe case and a safe one", () => {
    assert.equal(UNSAFE_CHANGES.length, 31);
    assert.deepEqual(Object.keys(CASES).sort(), UNSAFE_CHANGES.map(({ id }) => id).sort());
  });

  for (const { id } of UNSAFE_CHANGES) {
    it(`${id} is found, and its safe twin passes`, () => {
      const { unsafe, safe } = CASES[id] ?? { unsafe: [], safe: [] };
      const bad = verdict(unsafe);
      const found = bad.findings.filter(({ rule }) => rule === id);
      assert.ok(found.length > 0, JSON.stringify(bad.findings));
      assert.equal(bad.outcome, "unsafe");
      assert.ok(found.every(({ urn }) => unsafe.some((described) => urnOf(described) === urn)));
      const good = verdict(safe);
      assert.deepEqual(
        [...good.findings, ...good.undecided].filter(({ rule }) => rule === id),
        [],
      );
    });
  }

  it("are all in the documentation, with what holds and what to do instead", () => {
    const page = readPages().get("docs/gate.md") ?? "";
    const missing = UNSAFE_CHANGES.filter(
      ({ id, title, instead }) => ![`\`${id}\``, title, instead].every((words) => page.includes(words)),
    );
    assert.deepEqual(missing, []);
  });

  it("say why a resource is replaced, by the table of fields that force it", () => {
    const [finding] = verdict(CASES["state/replace"]?.unsafe ?? []).findings.filter(
      ({ rule }) => rule === "state/replace",
    );
    assert.equal(finding?.replaced, "spec.volumeName of a PersistentVolumeClaim cannot be changed in place");
    assert.deepEqual([finding.from, finding.to], ["nothing", "x"]);
    assert.match(finding.lost ?? "", /the volume and all data on it/);
  });

  it("judge the change, not the object: what was there before is no finding", () => {
    for (const { unsafe } of Object.values(CASES)) {
      const unchanged = unsafe.flatMap(({ type, name = "thing", stack = "prod", to }) =>
        to === undefined ? [] : [{ type, name, stack, from: to, to }],
      );
      if (unchanged.length === 0) continue;
      const { findings, outcome } = verdict(unchanged);
      assert.deepEqual(findings, []);
      assert.equal(outcome, "safe");
    }
  });
});
