import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

import fc from "fast-check";

import { stackOfNamespace, testInstance } from "../../cli/instances/reap/candidate";
import { MAX_STACK_NAME, TEST_BASES } from "../../stacks/settings/names";
import { REPOSITORIES } from "../../stacks/settings/pulls";

const FOLDER = resolve(__dirname, "../../jobs/reap");

/** Runs a Python program that reads `given` and has the modules of the job. */
function python(program: readonly string[], given: unknown): unknown {
  const text = ["import json, sys, names, rules", "given = json.load(sys.stdin)", ...program].join("\n");
  const options = { input: JSON.stringify(given), env: { ...process.env, PYTHONPATH: FOLDER } };
  return JSON.parse(execFileSync("python3", ["-B", "-c", text], options).toString());
}

const number = fc.constantFrom("1", "614", "0", "01", "99999999", "123456789");
const part = fc.oneof(
  fc.tuple(fc.constantFrom("pr", "service", ...REPOSITORIES), number).map((words) => words.join("-")),
  fc.constantFrom("x1a2b3c4", "xyz", "pr", "sandbox", "dashboard", "workers", "demo", "dashboard1", "A", ""),
);
const stackName = fc
  .tuple(
    fc.constantFrom(...TEST_BASES, "fedora-ci-prod", "stream-stg", "copr-dev", "development"),
    fc.oneof(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.subarray([...REPOSITORIES].map((r) => `${r}-7`)),
    ),
  )
  .map(([base, parts]) => [base, ...parts].join("-"));

describe("what takes down forgotten test instances", () => {
  it("knows exactly the names that stacks' grammar has", () => {
    const known = fc.sample(stackName, { numRuns: 2_000, seed: 8 });
    const longest = ["dev-", "fedora-ci-stg-"].flatMap((base) =>
      [0, 1].map((more) => base + "a".repeat(MAX_STACK_NAME - base.length + more)),
    );
    const all = [...known, ...TEST_BASES, ...longest];
    const found = python(
      ["print(json.dumps([names.is_instance(name) for name in given]))"],
      all,
    ) as readonly boolean[];
    const expected = all.map((name) => testInstance(name) !== undefined);
    const differing = all.filter((_, index) => found[index] !== expected[index]);
    assert.deepEqual(differing, []);
    assert.ok(expected.filter(Boolean).length > 100);
  });

  it("knows exactly the namespaces that reap knows", () => {
    const labels = fc.record(
      {
        "app.kubernetes.io/part-of": fc.constantFrom("packit", "packit", "packit", "parcel"),
        "app.kubernetes.io/managed-by": fc.constantFrom("pulumi", "pulumi", "pulumi", "Helm"),
        "app.kubernetes.io/instance": fc.constantFrom("stg-pr-614", "stg-pr-61", "stg", "dev-demo"),
      },
      { requiredKeys: [] },
    );
    const name = fc
      .tuple(
        fc.constantFrom("", "packit-", "packit--", "my-tenant--", "packit-packit-", "notes-of-", "-"),
        fc.constantFrom("stg-pr-614", "stg-pr-61", "stg", "dev-demo"),
        fc.constantFrom("", "-sandbox", "-sandbox-sandbox", "4"),
      )
      .map((words) => words.join(""));
    const namespaces = fc.sample(fc.record({ metadata: fc.record({ name, labels }) }), {
      numRuns: 2_000,
      seed: 8,
    });
    const found = python(["print(json.dumps([names.stack_of(one) for one in given]))"], namespaces);
    const expected = namespaces.map(
      ({ metadata }) => stackOfNamespace({ ...metadata, annotations: {}, createdAt: 0 })?.name ?? null,
    );
    assert.deepEqual(found, expected);
    assert.ok(expected.filter((stack) => stack !== null).length > 20);
  });

  const NAME = "stg-pr-614";
  const ended = (lease: object | null, namespaces: readonly object[] = []): unknown =>
    python(
      [
        "try:",
        `  one = rules.Instance("${NAME}", *given)`,
        '  ago = rules.ended(one, rules.time("2026-11-22T12:00:00Z"))',
        "  print(json.dumps(ago.total_seconds() / 3600))",
        "except rules.Stays as reason:",
        "  print(json.dumps(str(reason)))",
      ],
      [lease, namespaces],
    );
  const lease = (record: unknown, spec: object = {}): object => ({
    metadata: {
      name: `instance-${NAME}`,
      annotations: { "packit.dev/record": typeof record === "string" ? record : JSON.stringify(record) },
    },
    spec,
  });
  const namespace = (creationTimestamp: string, annotations: object): object => ({
    metadata: { name: `packit-${NAME}`, creationTimestamp, annotations },
  });
  const labelled = (keep: string): object => ({
    metadata: {
      ...{ name: `packit-${NAME}`, creationTimestamp: "2026-11-01T00:00:00Z" },
      ...{ labels: { "packit.dev/keep": keep }, annotations: { "packit.dev/ttl": "1d" } },
    },
  });
  const over = { name: NAME, expiresAt: "2026-11-22T09:00:00.000Z" };

  it("goes by the record, which may have been extended, and else by the youngest namespace", () => {
    const old = namespace("2026-11-01T00:00:00Z", { "packit.dev/ttl": "1d" });
    const young = namespace("2026-11-22T09:00:00Z", { "packit.dev/ttl": "90m" });
    assert.equal(ended(lease(over), [old]), 3);
    assert.equal(ended(null, [old, young]), 1.5);
    assert.equal(ended({ metadata: { name: `instance-${NAME}` } }, [young]), 1.5);
  });

  it("leaves alone what somebody wants to keep, is at, or has no end that can be read", () => {
    const never = namespace("2026-11-01T00:00:00Z", { "packit.dev/ttl": "never" });
    const keep = namespace("2026-11-01T00:00:00Z", { "packit.dev/ttl": "1d", "packit.dev/keep": "a talk" });
    const held = (renewTime: string): object => ({
      holderIdentity: "jane@laptop 0123456789abcdef",
      leaseDurationSeconds: 60,
      renewTime,
    });
    assert.equal(ended(lease({ ...over, keep: "a demonstration" })), "kept: a demonstration");
    assert.equal(ended(lease(over), [keep]), "kept: a talk");
    assert.equal(ended(lease(over), [labelled("a-talk")]), "kept: a-talk");
    assert.equal(ended(null, [labelled("")]), "kept: ");
    assert.equal(ended(lease(over, held("2026-11-22T11:59:00.000000Z"))), "jane@laptop is at it");
    // A clock that was set back tells nothing about a holder.
    assert.equal(ended(lease(over, held("2026-11-22T12:30:00.000000Z"))), "jane@laptop is at it");
    assert.equal(ended(lease(over, held("2026-11-22T11:58:00.000000Z"))), 3);
    assert.equal(ended(lease("{")), "its record is no JSON");
    assert.equal(ended(lease({ ...over, name: "stg-pr-615" })), "its record is another's");
    assert.equal(ended(lease({ ...over, expiresAt: "soon" })), "'soon' is no time");
    assert.equal(ended(lease({ name: NAME })), "nothing says when it ends");
    assert.equal(ended(null, [never]), "nothing says when it ends");
    assert.equal(ended(null, [namespace("2026-11-01T00:00:00Z", {})]), "nothing says when it ends");
    assert.equal(ended(lease("{}")), "its record is another's");
  });
});
