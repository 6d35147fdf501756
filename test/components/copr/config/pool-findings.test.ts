import assert from "node:assert/strict";

import fc from "fast-check";

import { machineFindings } from "../../../../components/copr/config/builder-machine";
import { poolFindings } from "../../../../components/copr/config/pool-findings";
import type { Pools } from "../../../../components/copr/config/pools";
import { pool } from "./fixtures";

const found = (pools: Pools): string[] =>
  poolFindings(pools).map((finding) => `${finding.pool} ${finding.key}`);

describe("findings of pools", () => {
  it("are none for pools beside one another", () => {
    assert.deepEqual(
      found({ aws_x86: pool(), aws_arm: pool({ tags: ["copr_builder", "arch_aarch64"] }) }),
      [],
    );
    assert.deepEqual(found({ emptied: pool({ max: 0 }) }), []);
  });

  it("B29: a tag is on demand in all pools or in none", () => {
    const demand = pool({ tags: ["arch_x86_64"], tagsOnDemand: ["copr_builder"] });
    assert.deepEqual(found({ demand }), []);
    assert.deepEqual(found({ demand, normal: pool() }), ["normal tags"]);
    assert.deepEqual(
      found({ both: { ...demand, tags: ["arch_x86_64", { name: "copr_builder", priority: 1 }] } }),
      ["both tags"],
    );
  });

  it("nothing that is not found stops resalloc", () => {
    const names = fc.uniqueArray(fc.constantFrom("copr_builder", "arch_a", "arch_b", "big"), {
      maxLength: 4,
    });
    const any = fc.tuple(names, names).map(([tags, tagsOnDemand]) => pool({ tags, tagsOnDemand }));
    let stopped = 0;
    fc.assert(
      fc.property(any, any, (a, b) => {
        const stops = resallocStops([a, b]);
        if (stops) stopped += 1;
        assert.ok(!stops || found({ a, b }).length > 0);
      }),
      { numRuns: 500 },
    );
    assert.ok(stopped > 50, `${stopped} of 500 stop it`);
  });

  it("the same rule, as resalloc has it, without what else is found", () => {
    const tagged = pool({ tags: ["copr_builder", "arch_a"], tagsOnDemand: ["big"] });
    assert.equal(resallocStops([tagged, tagged]), false);
    assert.equal(resallocStops([tagged, pool({ tags: ["copr_builder", "arch_a", "big"] })]), true);
  });

  it("a pool's name is not the beginning of another's", () => {
    assert.deepEqual(found({ aws: pool(), aws_x86: pool() }), ["aws name"]);
    assert.deepEqual(found({ "aws-x86": pool() }), ["aws-x86 name"]);
  });

  it("numbers fit each other", () => {
    assert.deepEqual(found({ a: pool({ maxPrealloc: 5 }) }), ["a maxPrealloc"]);
    assert.deepEqual(found({ a: pool({ maxStarting: 5 }) }), ["a maxStarting"]);
    assert.deepEqual(found({ a: pool({ maxStarting: 0 }) }), ["a maxStarting"]);
    assert.deepEqual(found({ a: pool({ maxPrealloc: -1 }) }), ["a maxPrealloc"]);
    assert.deepEqual(found({ a: pool({ max: 1.5 }) }), ["a max"]);
    assert.deepEqual(found({ a: pool({ startDelay: 0 }) }), ["a startDelay"]);
    assert.deepEqual(found({ a: pool({ reuse: { opportunityTime: 0 } }) }), ["a reuse"]);
  });

  it("a pool on demand keeps nothing ready", () => {
    const tags = { tags: ["arch_a"], tagsOnDemand: ["copr_builder"] };
    assert.deepEqual(found({ a: pool({ ...tags, maxPrealloc: 1 }) }), ["a maxPrealloc"]);
    assert.deepEqual(found({ a: pool({ tags: [], tagsOnDemand: ["copr_builder", "arch_a"] }) }), ["a tags"]);
  });

  it("a pool that no build would come to is found", () => {
    assert.deepEqual(found({ a: pool({ tags: ["arch_x86_64"] }) }), ["a tags"]);
    assert.deepEqual(found({ a: pool({ tags: ["copr_builder"] }) }), ["a tags"]);
    assert.deepEqual(found({ a: pool({ tags: ["copr_builder", "arch_a", "arch_a"] }) }), ["a tags"]);
    assert.deepEqual(found({ a: pool({ tags: ["copr_builder", "arch_a", "a b"] }) }), ["a tags"]);
  });

  it("commands are whole, end in time, and are checked less often than they take", () => {
    const check = (argv: readonly [string, ...string[]], timeout: number, period?: number) =>
      found({
        a: pool({ livecheck: { command: { argv, timeout }, ...(period !== undefined && { period }) } }),
      });
    assert.deepEqual(check(["/usr/bin/check"], 30), []);
    assert.deepEqual(check(["check"], 30), ["a livecheck"]);
    assert.deepEqual(check(["/usr/bin/check", "a\nb"], 30), ["a livecheck"]);
    assert.deepEqual(check(["/usr/bin/check"], 0), ["a livecheck"]);
    assert.deepEqual(check(["/usr/bin/check"], 30, 30), ["a livecheck"]);
    assert.deepEqual(found({ a: pool({ create: { argv: ["new"], timeout: 0.5 } }) }), [
      "a create",
      "a create",
    ]);
  });
});

describe("findings of builders' machines", () => {
  it("C25: a tmpfs fits into memory and swap", () => {
    const before = { memory: "4Gi", rootVolume: "10Gi", mockTmpfs: "32Gi" };
    const [finding, ...others] = machineFindings(before);
    assert.equal(finding?.key, "mockTmpfs");
    assert.match(finding.message, /set it to 3072Mi, add swap, or leave it out/);
    assert.deepEqual(others, []);
    assert.deepEqual(machineFindings({ ...before, swap: "64Gi" }), []);
  });

  it("without a tmpfs the root volume holds the build", () => {
    assert.deepEqual(machineFindings({ memory: "4Gi", rootVolume: "32Gi" }), []);
    const [finding] = machineFindings({ memory: "4Gi", rootVolume: "10Gi" });
    assert.match(finding?.message ?? "", /below the 16384Mi of the system and a build root/);
  });

  it("a build gets the memory that it is promised", () => {
    assert.deepEqual(
      machineFindings({ memory: "1Gi", rootVolume: "32Gi", mockTmpfs: "2Gi" }).map(({ key }) => key),
      ["memory", "mockTmpfs", "mockTmpfs"],
    );
  });
});

/** What resalloc asserts of its pools when it reads them. */
function resallocStops(pools: readonly ReturnType<typeof pool>[]): boolean {
  const plain = pools.map(({ tags, tagsOnDemand = [] }) => {
    const onDemand = new Set(tagsOnDemand.map(String));
    return { onDemand, all: new Set([...tags.map(String), ...(tags.length > 0 ? onDemand : [])]) };
  });
  const everyOnDemand = plain.flatMap(({ onDemand }) => [...onDemand]);
  return plain.some(({ onDemand, all }) => everyOnDemand.some((tag) => all.has(tag) && !onDemand.has(tag)));
}
