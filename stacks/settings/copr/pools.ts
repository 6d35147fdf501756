import { type Architecture, builderTags, NATIVE } from "../../../components/copr/config/architectures";
import type { Frozen } from "../settings";
import type { WrittenCoprSettings } from "./schema";
import type { WrittenPool } from "./schema/builders";
import { poolName } from "./names";

/** A kind of builder, with every default filled in. */
export interface PoolSettings {
  /** Its name in resalloc, which no other instance's begins with. */
  readonly name: string;
  readonly architecture: WrittenPool["architecture"];
  readonly instanceType: string;
  readonly emulated: readonly Architecture[];
  /** What builds ask for. */
  readonly tags: readonly string[];
  /** Tags without which no builder of the pool starts; empty: it is not on demand. */
  readonly tagsOnDemand: readonly string[];
  readonly max: number;
  readonly maxStarting: number;
  readonly maxPrealloc: number;
  readonly startDelaySeconds: number;
  readonly startTimeoutSeconds: number;
  readonly livecheckSeconds: number;
  /** Absent: a builder serves one build. */
  readonly reuse?: NonNullable<Frozen<WrittenPool>["reuse"]>;
  /** Dollars an hour; absent: on-demand prices. */
  readonly spotPrice?: string;
  /** Memory of the instance type; absent: it is not known. */
  readonly memory?: string;
  readonly rootVolume: string;
  /** Absent: none. */
  readonly swap?: string;
  /** Absent: build roots are on the root volume. */
  readonly mockTmpfs?: string;
}

/** The pools by the names that the settings give them. */
export function poolsOf(
  instance: string,
  { pools }: WrittenCoprSettings["builders"],
): Readonly<Record<string, PoolSettings>> {
  return Object.fromEntries(
    Object.entries(pools).map(([name, pool]) => [name, poolOf(poolName(instance, name), pool)]),
  );
}

function poolOf(name: string, pool: WrittenPool): PoolSettings {
  const { architecture, emulated = [], tags: further = [], memory = memoryOf(pool.instanceType) } = pool;
  const { reuse, spotPrice, swap, mockTmpfs, onDemand = false } = pool;
  const every = [...builderTags(NATIVE[architecture], emulated), ...further];
  // Every build asks for this one, so a pool on demand has the others on demand.
  const [first = "", ...others] = every;
  return {
    name,
    architecture,
    instanceType: pool.instanceType,
    emulated,
    tags: onDemand ? [first] : every,
    tagsOnDemand: onDemand ? others : [],
    max: pool.max,
    maxStarting: pool.maxStarting ?? 1,
    // A pool that is being emptied keeps none ready.
    maxPrealloc: pool.max === 0 ? 0 : (pool.maxPrealloc ?? 0),
    startDelaySeconds: pool.startDelaySeconds ?? 30,
    startTimeoutSeconds: pool.startTimeoutSeconds ?? 1200,
    livecheckSeconds: pool.livecheckSeconds ?? 180,
    rootVolume: pool.rootVolume ?? "40Gi",
    ...(reuse !== undefined && { reuse }),
    ...(spotPrice !== undefined && { spotPrice }),
    ...(memory !== undefined && { memory }),
    ...(swap !== undefined && { swap }),
    ...(mockTmpfs !== undefined && { mockTmpfs }),
  };
}

/** GiB of memory for each virtual processor, by the first letters of a family. */
const MEMORY_BY_PROCESSOR: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** GiB of memory of the small, burstable types. */
const BURSTABLE: Readonly<Record<string, number>> = {
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/**
 * Memory of an instance type as EC2 lays its families out: compute 2 GiB a processor, general 4, memory 8, and the
 * burstable t3, t3a and t4g by size. Undefined for other families, whose sizes follow no rule.
 */
export function memoryOf(instanceType: string): string | undefined {
  const [, family = "", size = ""] = /^([a-z]+)[0-9][a-z]*\.([a-z0-9]+)$/.exec(instanceType) ?? [];
  const processors = processorsOf(size);
  const gibibytes =
    family === "t"
      ? BURSTABLE[size]
      : processors !== undefined && MEMORY_BY_PROCESSOR[family] !== undefined
        ? MEMORY_BY_PROCESSOR[family] * processors
        : undefined;
  return gibibytes === undefined ? undefined : `${gibibytes}Gi`;
}

function processorsOf(size: string): number | undefined {
  if (size === "medium") return 1;
  if (size === "large") return 2;
  const times = /^([0-9]*)xlarge$/.exec(size)?.[1];
  return times === undefined ? undefined : 4 * (times === "" ? 1 : Number(times));
}

/** Whether a type has processors of ARM: its family says `g` after the generation. */
export function isArm(instanceType: string): boolean {
  return /^[a-z]+[0-9]+g/.test(instanceType);
}
