import assert from "node:assert/strict";

import { asJson } from "../../../policy/gate/report/json";
import { asMarkdown } from "../../../policy/gate/report/markdown";
import { asSarif } from "../../../policy/gate/report/sarif";
import { asText, type Colours } from "../../../policy/gate/report/text";
import { CASES } from "./cases";
import { named, verdict, workload } from "./steps";

const same = (text: string): string => text;
const PLAIN: Colours = { red: same, green: same, yellow: same, bold: same, dim: same };
const REPORTS = {
  asText: (v: Parameters<typeof asJson>[0]) => asText(v, PLAIN),
  asJson,
  asMarkdown,
  asSarif,
};
const CLAIM = CASES["state/delete"]?.unsafe ?? [];

describe("the gate's reports", () => {
  it("say of each finding what changes, what is lost, and what to do instead", () => {
    const judged = verdict(CASES["state/replace"]?.unsafe ?? []);
    const text = REPORTS.asText(judged);
    assert.match(text, /^unsafe PersistentVolumeClaim\/thing: .* \[state\/replace\]$/m);
    for (const label of ["change", "replaced", "lost", "why", "instead"])
      assert.match(text, new RegExp(`^  ${label} `, "m"));
    assert.match(text, /gate: 2 unsafe changes of prod: stopped/);
    assert.match(text, /--approve 'state\/replace=urn:pulumi:prod::.*' --reason/);
    const { exitCode, findings } = JSON.parse(asJson(judged)) as { exitCode: number; findings: object[] };
    assert.deepEqual([exitCode, findings.length], [1, 2]);
  });

  it("hold no secret, wherever it stands", () => {
    const token = `ghp_${"a".repeat(36)}`;
    const judged = verdict([
      {
        type: "core/v1:Secret",
        name: "s",
        to: { inputs: { ...named("s"), stringData: { password: "hunter2" } } },
      },
      {
        type: "core/v1:ConfigMap",
        name: "c",
        to: { inputs: { ...named("c"), data: { file: `token=${token}` } } },
      },
      {
        type: "apps/v1:Deployment",
        from: workload({}),
        to: workload({ env: [{ name: "API_TOKEN", value: "hunter3" }] }),
      },
      {
        type: "pulumi:providers:kubernetes",
        name: "cluster",
        from: { inputs: { kubeconfig: '{"users":[{"token":"hunter4"}]}' } },
        to: { inputs: { kubeconfig: '{"users":[{"token":"hunter5"}]}' } },
      },
    ]);
    assert.equal(judged.findings.filter(({ rule }) => rule === "secrets/plain").length, 3);
    assert.ok(judged.findings.some(({ says }) => says.includes("kubeconfig")));
    for (const report of Object.values(REPORTS)) assert.doesNotMatch(report(judged), /hunter|ghp_/);
  });

  it("let no text of a preview move a cursor, mention anybody, or become markup", () => {
    const nasty = "\u001B[2J\u202E@everyone <script> [x](http://y) | #1";
    const judged = verdict([{ ...CLAIM[0], type: "core/v1:PersistentVolumeClaim", name: nasty }]);
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    for (const report of Object.values(REPORTS)) assert.doesNotMatch(report(judged), /[\u001B\u202E]/);
    const markdown = asMarkdown(judged);
    assert.doesNotMatch(markdown.replaceAll(/`[^`]*`/g, ""), /@everyone|<script>|\]\(http:\/\/|#1\b/);
  });

  it("keep a comment short, with the details folded and the label that approves", () => {
    const judged = verdict(CLAIM);
    const markdown = asMarkdown(judged);
    assert.match(markdown, /^### ❌ 1 unsafe change of prod: stopped\n/);
    assert.match(markdown, /<details><summary>.*state\/delete.*<\/summary>/);
    assert.ok(markdown.includes(`unsafe-approved-${judged.fingerprint ?? ""}`));
    const crowd = Array.from({ length: 5_000 }, (_, i) => ({
      ...CLAIM[0],
      type: "core/v1:PersistentVolumeClaim",
      name: `claim-${i}`,
    }));
    assert.ok(asMarkdown(verdict(crowd)).length < 65_536);
  });

  it("give SARIF its rules, results and suppressions", () => {
    const [finding] = verdict(CLAIM).findings;
    const approvals = { given: [{ rule: "state/delete", urn: finding?.urn ?? "" }], reason: "meant" };
    for (const [judged, level] of [
      [verdict(CLAIM), "error"],
      [verdict(CLAIM, { approvals }), "note"],
    ] as const) {
      const { version, runs } = JSON.parse(asSarif(judged));
      assert.equal(version, "2.1.0");
      const [run] = runs;
      const [result] = run.results;
      assert.equal(result.level, level);
      assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
      assert.equal(result.suppressions?.[0].justification, level === "note" ? "meant" : undefined);
    }
  });
});
