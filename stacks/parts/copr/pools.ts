import { type Ec2Account, ec2Pool } from "../../../components/copr/aws/ec2-pool";
import { builderTags, NATIVE } from "../../../components/copr/config/architectures";
import type { Pool, Pools } from "../../../components/copr/config/pools";
import { playbookPath } from "../../../components/copr/resalloc";
import type { PoolSettings } from "../../settings/copr/pools";

/** The pools as resalloc has them. */
export function resallocPools(
  pools: Readonly<Record<string, PoolSettings>>,
  account: Omit<Ec2Account, "playbook">,
  images: Readonly<Partial<Record<PoolSettings["architecture"], string>>>,
): Pools {
  return Object.fromEntries(
    Object.values(pools).map((pool) => [
      pool.name,
      resallocPool(pool, { ...account, playbook: playbookPath(pool.name) }, images[pool.architecture] ?? ""),
    ]),
  );
}

function resallocPool(pool: PoolSettings, account: Ec2Account, image: string): Pool {
  const { architecture, emulated, memory = "0", mockTmpfs, reuse, rootVolume, spotPrice, swap } = pool;
  const ofArchitectures = new Set(builderTags(NATIVE[architecture], emulated));
  return ec2Pool(account, {
    image,
    instanceType: pool.instanceType,
    architecture,
    emulated,
    machine: {
      memory,
      rootVolume,
      ...(swap !== undefined && { swap }),
      ...(mockTmpfs !== undefined && { mockTmpfs }),
    },
    max: pool.max,
    maxStarting: pool.maxStarting,
    maxPrealloc: pool.maxPrealloc,
    startDelay: pool.startDelaySeconds,
    createTimeout: pool.startTimeoutSeconds,
    livecheckPeriod: pool.livecheckSeconds,
    extraTags: [...pool.tags, ...pool.tagsOnDemand].filter((tag) => !ofArchitectures.has(tag)),
    tagsOnDemand: pool.tagsOnDemand,
    ...(reuse !== undefined && {
      reuse: {
        opportunityTime: reuse.opportunitySeconds,
        maxCount: reuse.maxCount,
        maxTime: reuse.maxSeconds,
      },
    }),
    ...(spotPrice !== undefined && { spotPrice: Number(spotPrice) }),
  });
}
