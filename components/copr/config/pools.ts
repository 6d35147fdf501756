import { stringify } from "yaml";

import { commandLine, type PoolCommand } from "./pool-command";
import { poolFindings, type PoolFinding } from "./pool-findings";

/** What a builder can do, and how much it is preferred for that. @default priority 0 */
export type PoolTag = string | { readonly name: string; readonly priority: number };

/** How resalloc sees whether a builder still works. */
export interface Livecheck {
  readonly command: PoolCommand;
  /** Seconds between two checks. @default 180 */
  readonly period?: number;
  /** Failures after which a builder goes, and its build fails. @default 3 */
  readonly attempts?: number;
}

/** A builder's further use by the user whose build it has done. */
export interface Reuse {
  /** Seconds that it waits for one. */
  readonly opportunityTime: number;
  /** @default without limit */
  readonly maxCount?: number;
  /** Seconds since its first build. @default 3600 */
  readonly maxTime?: number;
}

/** One kind of builder. */
export interface Pool {
  readonly description?: string;
  /** Builders at a time. 0 is for emptying a pool. */
  readonly max: number;
  /** Builders that start at a time. @default 1 */
  readonly maxStarting?: number;
  /** Builders that are kept ready, and paid, without a build. @default 0 */
  readonly maxPrealloc?: number;
  /** Seconds between two starts. Without, a start that fails is tried again at once. @default 30 */
  readonly startDelay?: number;
  /** Prints a builder's address, or leaves nothing behind. */
  readonly create: PoolCommand;
  /** May be called again and again for one builder. */
  readonly delete: PoolCommand;
  /** Names of what exists. Without it, what resalloc has lost track of runs for ever (C26). */
  readonly list: PoolCommand;
  readonly livecheck: Livecheck;
  /** @default a builder serves one build */
  readonly reuse?: Reuse;
  readonly tags: readonly PoolTag[];
  /** Tags without which no builder of the pool starts. @default the pool is not on demand */
  readonly tagsOnDemand?: readonly PoolTag[];
}

/** Pools by name. */
export type Pools = Readonly<Record<string, Pool>>;

/** Pools that resalloc would stop at, or that would cost more than they do. */
export class PoolsError extends Error {
  constructor(readonly findings: readonly PoolFinding[]) {
    super(findings.map(({ pool, message }) => `pool ${pool}: ${message}`).join("\n"));
    this.name = "PoolsError";
  }
}

/**
 * The file `pools.yaml`. Every key is written, so that no default of resalloc's counts.
 *
 * @throws PoolsError with everything that is wrong.
 */
export function poolsConfig(pools: Pools): string {
  const findings = poolFindings(pools);
  if (findings.length > 0) throw new PoolsError(findings);
  return stringify(
    Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, content(pool)])),
    // PyYAML, for which an unquoted yes is no text; and commands stay on one line.
    { version: "1.1", lineWidth: 0 },
  );
}

function content(pool: Pool): Record<string, unknown> {
  const { livecheck, reuse } = pool;
  return {
    ...(pool.description !== undefined && { description: pool.description }),
    max: pool.max,
    max_starting: pool.maxStarting ?? 1,
    max_prealloc: pool.maxPrealloc ?? 0,
    start_delay: pool.startDelay ?? 30,
    cmd_new: commandLine(pool.create),
    cmd_delete: commandLine(pool.delete),
    cmd_list: commandLine(pool.list),
    cmd_livecheck: commandLine(livecheck.command),
    livecheck_period: livecheck.period ?? 180,
    livecheck_attempts: livecheck.attempts ?? 3,
    reuse_opportunity_time: reuse?.opportunityTime ?? 0,
    reuse_max_count: reuse?.maxCount ?? 0,
    reuse_max_time: reuse?.maxTime ?? 3600,
    tags: pool.tags,
    tags_on_demand: pool.tagsOnDemand ?? [],
  };
}
