import type { Cluster } from "../../cluster";
import type { Held } from "../leases/api";
import { lastUse } from "../use/last-use";
import { type LastUse, UNUSED } from "../use/use";
import type { Judged } from "./candidate";
import { type Circumstances, type Decision, decide } from "./decide";
import { NotDue } from "./still";

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

/**
 * Looks once more, with its lease in hand, whether an instance is to be put to sleep: somebody may have come, or have
 * extended it, since it was judged.
 *
 * @throws NotDue that says why it stays after all.
 */
export async function checkStillUnused(
  instance: Pick<Judged, "name" | "namespaces" | "pulls">,
  where: Omit<Whereabouts, "now">,
  { record, now }: Pick<Held, "record" | "now">,
): Promise<void> {
  const { name, namespaces, pulls } = instance;
  const seen = { name, admitted: true, namespaces, pulls, ...(record !== undefined && { record }) };
  const { action, why } = await judgeUse(seen, { ...where, now: now() });
  if (action !== "sleep") throw new NotDue(why);
}
