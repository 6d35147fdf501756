import type { Cluster } from "../../cluster";
import { lastUse } from "../use/last-use";
import { type LastUse, UNUSED } from "../use/use";
import type { Judged } from "./candidate";
import { type Circumstances, type Decision, decide } from "./decide";

/** What becomes of an instance, and when its logs say that it was last used. */
export interface JudgedUse extends Decision {
  /** In milliseconds since 1970; absent: they were not read, or tell of no use. */
  readonly usedAt?: number;
}

/** Where its logs are. */
export interface Whereabouts extends Omit<Circumstances, "use"> {
  readonly cluster: Cluster;
  /** Whether it is the control plane of this machine, on which no program runs that could be used or tell. */
  readonly local: boolean;
}

/**
 * Decides what becomes of an instance. Its logs are read only when it would be put to sleep otherwise.
 */
export async function judgeUse(
  instance: Judged,
  { now, idle, cluster, local }: Whereabouts,
): Promise<JudgedUse> {
  const unused = decide(instance, { now, idle, use: UNUSED });
  if (unused.action !== "sleep" || local) return unused;
  const namespace = instance.record?.namespace ?? "";
  const use = instance.namespaces.some(({ name }) => name === namespace)
    ? await lastUse(cluster, namespace, now - idle)
    : ({ kind: "unknown", why: `its namespace ${namespace} is not there` } satisfies LastUse);
  return {
    ...decide(instance, { now, idle, use }),
    ...(use.kind === "used" && { usedAt: use.at }),
  };
}
