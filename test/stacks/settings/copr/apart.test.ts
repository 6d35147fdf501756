import assert from "node:assert/strict";

import fc from "fast-check";

import { stackTag } from "../../../../fleet/tag";
import { parseStackName, placementOf, stackNameFor, TEST_BASES } from "../../../../stacks/settings";
import type { CoprSettings } from "../../../../stacks/settings/copr/settings";
import { ownerOf } from "../../../../stacks/settings/placement";
import { pulls } from "../arbitraries";
import { coprSettings, SHARED } from "./loading";

const STACKS = ["copr-dev", "copr-stg"] as const;

/** Words of which names could be made that look like another instance's, its hosts' or its pools'. */
const word = fc.constantFrom("a", "b", "x86", "arm", "dev", "results", "results-copr");

const pool = fc.constantFrom("x86", "arm", "a", "b2", "results");

/** Any Copr: a stack, an instance's name or none, and some pools. */
const copr = fc
  .record({
    stack: fc.constantFrom(...STACKS),
    words: fc.array(word, { maxLength: 2 }),
    pools: fc.uniqueArray(pool, { maxLength: 3 }),
  })
  .map(({ stack, words, pools }) => ({ stack, instance: [stack, ...words].join("-"), pools }))
  .filter(({ instance }) => instance.length <= 20)
  .map(({ stack, instance, pools: names }) => {
    const arm = { architecture: "aarch64", instanceType: "c7g.2xlarge", max: 1 };
    // Only names that are no beginning of another's are taken; the default pool is among them.
    const fit = names.filter(
      (name) => !["x86", ...names].some((other) => other !== name && other.startsWith(name)),
    );
    const extra = Object.fromEntries(fit.filter((name) => name !== "x86").map((name) => [name, arm]));
    const shared = stack === "copr-dev" ? {} : SHARED;
    return coprSettings(stack, {
      values: { ...shared, instance, builders: { pools: extra, maxInstances: 20 } },
    });
  });

describe("several Coprs", () => {
  it("C28: never share a namespace, a host, a tag or a pool's builders", () => {
    fc.assert(
      fc.property(copr, copr, (one, other) => {
        fc.pre(one.instance !== other.instance);
        assert.notEqual(one.namespace, other.namespace);
        assert.notEqual(one.tag, other.tag);
        assert.deepEqual(
          hosts(one).filter((host) => hosts(other).includes(host)),
          [],
        );
        for (const name of poolNames(one)) {
          assert.ok(!poolNames(other).some((theirs) => theirs.startsWith(name)), name);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("share nothing with instances of Packit", () => {
    const instance = fc
      .tuple(fc.constantFrom(...TEST_BASES), pulls)
      .map(([base, some]) => placementOf(parseStackName(stackNameFor(base, some))));
    fc.assert(
      fc.property(copr, instance, (one, { namespace, sandboxNamespace, hosts: theirs }) => {
        assert.ok(![namespace, sandboxNamespace].includes(one.namespace));
        assert.ok(hosts(one).every((host) => !Object.values(theirs ?? {}).includes(host)));
      }),
      { numRuns: 200 },
    );
  });

  it("are known as owners of their namespaces and hosts", () => {
    fc.assert(
      fc.property(copr, (one) => {
        for (const name of [one.namespace, ...hosts(one)]) assert.equal(ownerOf(name), one.stack.name, name);
      }),
      { numRuns: 200 },
    );
    for (const free of ["copr", "copr-production", "my-copr-dev", "copr-dev.example.org"]) {
      assert.equal(ownerOf(free), undefined, free);
    }
  });

  it("have names that Kubernetes, DNS and resalloc accept", () => {
    fc.assert(
      fc.property(copr, (one) => {
        for (const label of [one.namespace, ...hosts(one).flatMap((host) => host.split("."))]) {
          assert.match(label, /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
        }
        assert.equal(stackTag(one.tag).value, one.tag);
        // The host name of a builder is its pool's name with number and time.
        for (const name of poolNames(one))
          assert.match(`${name}_00000001_20260101_000000`, /^[a-z][a-z0-9_]{0,62}$/);
      }),
      { numRuns: 200 },
    );
  });
});

function hosts(settings: CoprSettings): readonly string[] {
  return Object.values(settings.hosts);
}

function poolNames(settings: CoprSettings): readonly string[] {
  return Object.values(settings.pools).map(({ name }) => name);
}
