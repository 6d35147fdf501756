import type { PoolCommand } from "./pool-command";
import type { Pool, Pools, PoolTag } from "./pools";

/** Something about a pool that resalloc stops at, or reads as something else. */
export interface PoolFinding {
  readonly pool: string;
  /** Field of {@link Pool}; `name` for the pool's own name. */
  readonly key: keyof Pool | "name";
  readonly message: string;
}

type Check = (pool: Pool, name: string, pools: Pools) => Iterable<Omit<PoolFinding, "pool">>;

/** Everything that is wrong with pools, and with some beside others. */
export function poolFindings(pools: Pools): readonly PoolFinding[] {
  return Object.entries(pools).flatMap(([name, pool]) =>
    CHECKS.flatMap((check) => [...check(pool, name, pools)].map((found) => ({ pool: name, ...found }))),
  );
}

const CHECKS: readonly Check[] = [names, counts, times, commands, tags, onDemand, acrossPools];

/** resalloc takes every machine whose name begins with the pool's for one of the pool, and deletes what it does not know. */
function* names(_: Pool, name: string, pools: Pools): ReturnType<Check> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    yield {
      key: "name",
      message: "the name has other characters than small letters, digits and _: rename it",
    };
  }
  for (const other of Object.keys(pools)) {
    if (other !== name && other.startsWith(name)) {
      yield {
        key: "name",
        message: `the name is the beginning of ${other}, whose builders it would delete: rename one`,
      };
    }
  }
}

function* counts(pool: Pool): ReturnType<Check> {
  const { max, maxStarting = 1, maxPrealloc = 0 } = pool;
  if (!isCount(max)) yield { key: "max", message: `max cannot be ${max}: give a whole number` };
  if (!isCount(maxStarting) || maxStarting < 1) {
    yield {
      key: "maxStarting",
      message: `maxStarting cannot be ${maxStarting}: give a whole number from 1 on`,
    };
  }
  if (!isCount(maxPrealloc)) {
    yield { key: "maxPrealloc", message: `maxPrealloc cannot be ${maxPrealloc}: give a whole number` };
  }
  if (maxPrealloc > max) {
    yield { key: "maxPrealloc", message: `maxPrealloc ${maxPrealloc} is above max ${max}: lower it` };
  }
  if (max > 0 && maxStarting > max) {
    yield { key: "maxStarting", message: `maxStarting ${maxStarting} is above max ${max}: lower it` };
  }
}

function* times(pool: Pool): ReturnType<Check> {
  const { livecheck, reuse, startDelay = 30 } = pool;
  if (!isCount(startDelay) || startDelay < 1) {
    yield {
      key: "startDelay",
      message: `startDelay cannot be ${startDelay}: give seconds, from 1 on, so that failing starts do not flood AWS`,
    };
  }
  const { period = 180, attempts = 3 } = livecheck;
  if (!isCount(period) || period <= livecheck.command.timeout) {
    yield {
      key: "livecheck",
      message: `the check's period of ${period} s has to be longer than its time limit of ${livecheck.command.timeout} s`,
    };
  }
  if (!isCount(attempts) || attempts < 1) {
    yield {
      key: "livecheck",
      message: `the check's attempts cannot be ${attempts}: give a whole number from 1 on`,
    };
  }
  if (!reuse) return;
  const given = [reuse.opportunityTime, reuse.maxCount ?? 1, reuse.maxTime ?? 3600];
  if (!given.every((value) => isCount(value) && value >= 1)) {
    yield {
      key: "reuse",
      message: "reuse has a number below 1: raise it, or leave reuse out to turn it off",
    };
  }
}

function* commands(pool: Pool): ReturnType<Check> {
  const all: readonly (readonly ["create" | "delete" | "list" | "livecheck", PoolCommand])[] = [
    ["create", pool.create],
    ["delete", pool.delete],
    ["list", pool.list],
    ["livecheck", pool.livecheck.command],
  ];
  for (const [key, { argv, timeout }] of all) {
    if (!argv[0].startsWith("/")) {
      yield { key, message: `${JSON.stringify(argv[0])} is no absolute path: give the program's` };
    }
    if (argv.some((word) => /[\r\n\0]/.test(word))) {
      yield { key, message: "an argument has more than one line: give it as one" };
    }
    if (!isCount(timeout) || timeout < 1) {
      yield { key, message: `the time limit cannot be ${timeout}: give seconds, from 1 on` };
    }
  }
}

function* tags(pool: Pool): ReturnType<Check> {
  const all = [...pool.tags, ...(pool.tagsOnDemand ?? [])].map(tagName);
  // The backend asks every time for both.
  if (!all.includes("copr_builder")) {
    yield { key: "tags", message: "copr_builder is not among the tags, so no build comes: add it" };
  }
  if (!all.some((tag) => tag.startsWith("arch_"))) {
    yield {
      key: "tags",
      message: "no tag names an architecture, so no build comes: add one like arch_x86_64",
    };
  }
  for (const tag of pool.tags.map(tagName).filter((tag, index, list) => list.indexOf(tag) !== index)) {
    yield { key: "tags", message: `the tag ${tag} is there twice: remove one` };
  }
  for (const tag of all.filter((tag) => !/^[A-Za-z0-9_.-]+$/.test(tag))) {
    yield { key: "tags", message: `${JSON.stringify(tag)} cannot be a tag: use letters, digits and _ . -` };
  }
}

function* onDemand(pool: Pool): ReturnType<Check> {
  if ((pool.tagsOnDemand ?? []).length === 0) return;
  if ((pool.maxPrealloc ?? 0) > 0) {
    yield { key: "maxPrealloc", message: "a pool on demand keeps no builder ready: set maxPrealloc to 0" };
  }
  if (pool.tags.length === 0) {
    yield { key: "tags", message: "a pool on demand needs a tag that is not on demand as well: add one" };
  }
}

/** resalloc exits when a tag is both (B29). */
function* acrossPools(pool: Pool, _: string, pools: Pools): ReturnType<Check> {
  const normal = new Set(pool.tags.map(tagName));
  for (const [other, { tagsOnDemand = [] }] of Object.entries(pools)) {
    for (const tag of tagsOnDemand.map(tagName).filter((name) => normal.has(name))) {
      yield {
        key: "tags",
        message: `the tag ${tag} is on demand in pool ${other}: make it the same in both`,
      };
    }
  }
}

function tagName(tag: PoolTag): string {
  return typeof tag === "string" ? tag : tag.name;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
