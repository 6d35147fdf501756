import assert from "node:assert/strict";

import fc from "fast-check";

import type { KnownInstance } from "../../../../cli/instances/leases/api";
import { candidates, type NamespaceFacts, type PullState } from "../../../../cli/instances/reap/candidate";
import { decide } from "../../../../cli/instances/reap/decide";
import { INSTANCE_STATES, type InstanceRecord } from "../../../../cli/instances/record";
import { type LastUse, UNUSED } from "../../../../cli/instances/use/use";

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const IDLE = 4 * HOUR;
const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();

/** One instance, with what must become of it by the words of the documents, told without the code's help. */
interface Made {
  readonly instance?: KnownInstance;
  readonly namespaces: readonly NamespaceFacts[];
  readonly pulls: readonly PullState[];
  readonly expected: "destroy" | "sleep" | "stay";
}

const ownLabels = (name: string): Record<string, string> => ({
  "app.kubernetes.io/part-of": "packit",
  "app.kubernetes.io/managed-by": "pulumi",
  "app.kubernetes.io/instance": name,
});

const traits = fc.record({
  base: fc.constantFrom("dev", "stg", "prod"),
  state: fc.constantFrom(...INSTANCE_STATES),
  atWork: fc.constantFrom("nobody", "somebody", "somebody who died"),
  /** Hours until its end; undefined: none. */
  end: fc.option(
    fc.integer({ min: -100, max: 100 }).filter((hours) => hours !== 0),
    { nil: undefined },
  ),
  keep: fc.option(fc.constant("a demonstration"), { nil: undefined }),
  unusedFor: fc.integer({ min: 0, max: 10 }),
  /** What its logs tell: hours since the last use, nothing of any, or nothing at all. */
  use: fc.constantFrom<number | "none" | "unknown">(0, 3, 4, 9, "none", "unknown"),
  pulls: fc.array(fc.constantFrom<PullState>("open", "closed", "merged", "unknown"), { maxLength: 3 }),
  lease: fc.constantFrom("read", "read", "read", "unreadable", "none"),
  hasNamespaces: fc.boolean(),
});

type Traits = typeof traits extends fc.Arbitrary<infer T> ? T : never;

function made(traits: Traits, number: number): Made {
  const { base, state, atWork, end, keep, unusedFor, pulls, lease } = traits;
  const name = `${base}-pr-${number}`;
  const record: InstanceRecord = {
    name,
    base,
    references: { "packit-service": String(number) },
    state,
    urls: {},
    namespace: `packit-${name}`,
    holder: { kind: "person", name: "jane@laptop" },
    createdAt: at(-200),
    ...(end !== undefined && { expiresAt: at(end) }),
    ...(keep !== undefined && { keep }),
    usedAt: at(-unusedFor),
  };
  const instance: KnownInstance = {
    name,
    admitted: true,
    ...(lease === "read" && { record }),
    ...(lease === "unreadable" && { problem: "it is no JSON" }),
    ...(atWork !== "nobody" && {
      work: { holder: "joe@desk", since: NOW - HOUR, until: NOW, expired: atWork !== "somebody" },
    }),
  };
  const hasNamespaces = lease === "none" || traits.hasNamespaces;
  const annotations = {
    ...(end !== undefined && { "packit.dev/ttl": `${200 + end}h` }),
    ...(keep !== undefined && { "packit.dev/keep": keep }),
  };
  const namespaces = [`packit-${name}`, `packit-${name}-sandbox`].map((own) => ({
    name: own,
    labels: ownLabels(name),
    annotations,
    createdAt: NOW - 200 * HOUR,
  }));
  return {
    ...(lease !== "none" && { instance }),
    namespaces: hasNamespaces ? namespaces : [],
    pulls,
    expected: expected({ ...traits, hasNamespaces }),
  };
}

function expected(traits: Traits): Made["expected"] {
  const { atWork, keep, state, lease, hasNamespaces, pulls, end, unusedFor, use } = traits;
  const known = lease === "read";
  if (atWork === "somebody" && lease !== "none") return "stay";
  if (keep !== undefined && (known || hasNamespaces)) return "stay";
  if (known && state === "destroying") return "destroy";
  if (!hasNamespaces && known && state === "queued") return "destroy";
  if (!hasNamespaces && lease === "unreadable") return "stay";
  if (pulls.length > 0 && pulls.every((pull) => pull === "closed" || pull === "merged")) return "destroy";
  if (end !== undefined && end < 0) return "destroy";
  if (end !== undefined && known && state === "live" && unusedFor >= 4)
    return use === "none" || (use !== "unknown" && use >= 4) ? "sleep" : "stay";
  return "stay";
}

function useOf({ use }: Traits): LastUse {
  if (use === "none") return UNUSED;
  return use === "unknown"
    ? { kind: "unknown", why: "its log is too long" }
    : { kind: "used", at: NOW - use * HOUR };
}

/** Namespaces that look like ours in all but one thing. */
const lookAlikes: readonly NamespaceFacts[] = [
  { name: "packit-dev-pr-1", labels: { ...ownLabels("dev-pr-1"), "app.kubernetes.io/managed-by": "Helm" } },
  { name: "packit-dev-pr-1", labels: { ...ownLabels("dev-pr-1"), "app.kubernetes.io/part-of": "other" } },
  { name: "packit-dev-pr-1", labels: { ...ownLabels("dev-pr-2") } },
  { name: "dev-pr-1-notes", labels: ownLabels("dev-pr-1") },
  { name: "my-dev-pr-1", labels: ownLabels("dev-pr-1") },
  { name: "packit--prod", labels: ownLabels("prod") },
  { name: "packit-prod", labels: ownLabels("prod") },
  { name: "packit-dev-pr-01", labels: ownLabels("dev-pr-01") },
  { name: "packit-dev-pr-1", labels: {} },
  { name: "copr-dev", labels: ownLabels("copr-dev") },
  { name: "kube-system", labels: ownLabels("kube-system") },
].map((one) => ({ ...one, annotations: { "packit.dev/ttl": "1m" }, createdAt: NOW - 900 * HOUR }));

/** Leases with our labels that no instance of ours has. */
const strangers: readonly KnownInstance[] = [
  "prod",
  "copr-dev",
  "kube-system",
  "dev-pr-0",
  "../dev-pr-1",
].map((name) => ({ name, admitted: false }));

describe("what becomes of test instances", () => {
  it("is right for 200 of every state, and touches nothing that only looks like one", () => {
    fc.assert(
      fc.property(fc.array(traits, { minLength: 200, maxLength: 200 }), (all) => {
        const instances = all.map((one, index) => made(one, 1000 + index));
        const pulls = new Map(instances.map((one, index) => [nameOf(all, index), one.pulls]));
        const found = candidates(
          [...instances.flatMap(({ instance }) => instance ?? []), ...strangers],
          [...instances.flatMap(({ namespaces }) => namespaces), ...lookAlikes],
        );
        const uses = new Map(all.map((one, index) => [nameOf(all, index), useOf(one)]));
        const decided = found.map((one) =>
          decide(
            { ...one, pulls: pulls.get(one.name) ?? [] },
            { now: NOW, idle: IDLE, use: uses.get(one.name) ?? UNUSED },
          ),
        );
        const wanted = instances.map(({ expected: action }, index) => [nameOf(all, index), action]);
        assert.deepEqual(
          decided.map(({ name, action }) => [name, action]),
          wanted.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("says why", () => {
    const [one] = candidates(
      [],
      [
        {
          name: "packit-dev-pr-7",
          labels: ownLabels("dev-pr-7"),
          annotations: { "packit.dev/ttl": "48h" },
          createdAt: NOW - 51 * HOUR,
        },
      ],
    );
    assert.ok(one);
    assert.deepEqual(decide({ ...one, pulls: ["open"] }, { now: NOW, idle: IDLE, use: UNUSED }), {
      name: "dev-pr-7",
      action: "destroy",
      why: "expired 3h ago",
    });
  });
});

function nameOf(all: readonly Traits[], index: number): string {
  return `${all[index]?.base ?? ""}-pr-${1000 + index}`;
}
