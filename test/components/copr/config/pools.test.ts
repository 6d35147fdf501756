import assert from "node:assert/strict";

import { parse } from "yaml";

import { builderTags, NATIVE } from "../../../../components/copr/config/architectures";
import { PoolsError, poolsConfig, type Pool } from "../../../../components/copr/config/pools";
import { resallocServerConfig } from "../../../../components/copr/config/resalloc-server";
import { pool } from "./fixtures";

/** Keys that resalloc knows; it warns of others, and goes on. */
const KEYS = new Set(
  (
    "max max_starting max_prealloc start_delay cmd_new cmd_delete cmd_livecheck livecheck_period livecheck_attempts " +
    "cmd_release cmd_list reuse_opportunity_time reuse_max_count reuse_max_time tags tags_on_demand named_counters " +
    "name_pattern description"
  ).split(" "),
);

const read = (pools: Record<string, Pool>): Record<string, Record<string, unknown>> =>
  parse(poolsConfig(pools), { version: "1.1" });

describe("pools.yaml", () => {
  const full = pool({
    description: "yes",
    maxPrealloc: 1,
    reuse: { opportunityTime: 180, maxCount: 8, maxTime: 1800 },
    tags: ["copr_builder", "arch_noarch", { name: "arch_x86_64", priority: 10 }],
  });

  it("has the values by resalloc's names, and no other", () => {
    const { aws_x86: content } = read({ aws_x86: full });
    assert.ok(content);
    assert.deepEqual(
      Object.keys(content).filter((key) => !KEYS.has(key)),
      [],
    );
    assert.equal(content.description, "yes");
    assert.equal(content.max, 4);
    assert.equal(content.max_starting, 1);
    assert.equal(content.max_prealloc, 1);
    assert.equal(content.start_delay, 30);
    assert.equal(content.reuse_opportunity_time, 180);
    assert.equal(content.reuse_max_count, 8);
    assert.equal(content.reuse_max_time, 1800);
    assert.deepEqual(content.tags, ["copr_builder", "arch_noarch", { name: "arch_x86_64", priority: 10 }]);
    assert.deepEqual(content.tags_on_demand, []);
  });

  it("B14, C26: every pool checks its builders, and lists them", () => {
    const { aws_x86: content } = read({ aws_x86: pool() });
    assert.equal(content?.cmd_livecheck, "/usr/bin/timeout --kill-after=60 30 /usr/bin/resalloc-check-vm-ip");
    assert.equal(content.livecheck_period, 180);
    assert.equal(content.cmd_list, "/usr/bin/timeout --kill-after=60 60 /usr/bin/resalloc-aws-list");
  });

  it("keeps a builder for nobody who does not want it", () => {
    const { aws_x86: content } = read({ aws_x86: pool() });
    assert.equal(content?.max_prealloc, 0);
    assert.equal(content.reuse_opportunity_time, 0);
  });

  it("is not written with a mistake, and names all of them", () => {
    assert.throws(
      () => poolsConfig({ a: pool({ max: -1 }), "b-c": pool({ startDelay: 0 }) }),
      (error: unknown) => {
        assert.ok(error instanceof PoolsError);
        assert.deepEqual(
          error.findings.map((finding) => `${finding.pool} ${finding.key}`),
          ["a max", "a maxPrealloc", "b-c name", "b-c startDelay"],
        );
        assert.match(error.message, /^pool a: max cannot be -1/);
        return true;
      },
    );
  });
});

describe("builders' tags", () => {
  it("are those of the deployment that this one replaces, and x86_64_v2", () => {
    const before = ["copr_builder", "arch_noarch"];
    for (const name of ["x86_64", "i386", "i586", "i686"]) before.push(`arch_${name}`, `arch_${name}_native`);
    for (const name of ["s390x", "ppc64le", "aarch64"]) before.push(`arch_${name}`, `arch_${name}_emulated`);
    const now = builderTags(NATIVE.x86_64, ["s390x", "ppc64le", "aarch64"]);
    assert.deepEqual(
      before.filter((tag) => !now.includes(tag)),
      [],
    );
    assert.deepEqual(
      now.filter((tag) => !before.includes(tag)),
      ["arch_x86_64_v2", "arch_x86_64_v2_native"],
    );
  });
});

describe("server.yaml", () => {
  it("listens for other pods, and keeps its database on the volume and its logs apart", () => {
    assert.deepEqual(parse(resallocServerConfig()), {
      db_url: "sqlite:////var/lib/resallocserver/db.sqlite",
      logdir: "/var/log/resallocserver",
      hostname: "0.0.0.0",
      port: 49_100,
      loglevel: "info",
      sleeptime: 20,
    });
  });

  it("is refused for a relative folder", () => {
    assert.throws(() => resallocServerConfig({ dataFolder: "data" }), /absolute path/);
  });
});
