import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { projectRoot } from "../../../tools/setup/project";

const WORKFLOWS = join(projectRoot(), ".github", "workflows");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string };
  readonly steps: readonly Step[];
}

const workflow = (file: string) =>
  parse(readFileSync(join(WORKFLOWS, file), "utf8")) as {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions: object;
    readonly jobs: Readonly<Record<string, Job>>;
  };

describe("what workflows run", () => {
  for (const file of readdirSync(WORKFLOWS)) {
    it(`is the same whatever somebody wrote into an event: ${file}`, () => {
      const steps = Object.values(workflow(file).jobs).flatMap((job) => job.steps);
      assert.ok(steps.length > 0);
      for (const { run = "", name = "" } of steps) assert.ok(!run.includes("${{"), name);
    });
  }
});

describe("the workflow of test instances", () => {
  const { on, permissions, jobs } = workflow("test-instance.yml");
  const texts = (name: string) => JSON.stringify(jobs[name]);

  it("never checks out what a pull request brings", () => {
    assert.ok("pull_request_target" in on && "issue_comment" in on && "workflow_call" in on);
    const checkouts = Object.values(jobs).flatMap(({ steps }) =>
      steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@")),
    );
    assert.equal(checkouts.length, 2);
    for (const { with: options } of checkouts) {
      assert.deepEqual(options, {
        repository: "${{ inputs.repository || github.repository }}",
        ref: "${{ inputs.ref || 'main' }}",
        "persist-credentials": false,
      });
    }
    for (const name of Object.keys(jobs))
      assert.doesNotMatch(texts(name), /head\.(?:sha|ref|repo)|head_ref|refs\/pull/);
  });

  it("asks who it was before it has any secret", () => {
    assert.doesNotMatch(texts("may"), /secrets\.|"environment"|actions\//);
    assert.deepEqual(jobs.may?.permissions, { contents: "read" });
    assert.deepEqual(jobs.act?.needs, "may");
    assert.equal(jobs.act.if, "needs.may.outputs.answer == 'yes'");
    assert.match(jobs.refresh?.if ?? "", /^github\.event_name == 'schedule'$/);
    assert.deepEqual(permissions, {});
  });

  it("does one thing at a time for a pull request", () => {
    const group = jobs.act?.concurrency?.group ?? "";
    for (const part of ["github.repository", "issue.number", "pull_request.number"]) {
      assert.ok(group.includes(part), part);
    }
    assert.equal(jobs.may?.concurrency, undefined);
  });
});
