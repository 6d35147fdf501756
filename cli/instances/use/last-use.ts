import * as z from "zod";

import type { Cluster } from "../../cluster";
import { messageOf } from "../../report";
import { lastUseIn, type Reading } from "./run-log";
import { podFacts, type PodFacts, runsOf } from "./runs";
import { latest, type LastUse, UNUSED } from "./use";
import { WITNESSES } from "./witnesses";

/** How long the logs of one instance may take, in milliseconds. */
const PATIENCE_MS = 30_000;

const list = z.object({ items: z.array(podFacts) });

/**
 * When an instance was last used, by what its programs have written: requests that neither probes nor monitors send,
 * and tasks that are not the schedule's. What cannot be read is no sign that nobody was there.
 *
 * @param since - From when on it matters, in milliseconds since 1970 by the cluster's clock.
 */
export async function lastUse(cluster: Cluster, namespace: string, since: number): Promise<LastUse> {
  const reading: Reading = { cluster, namespace, since, until: performance.now() + PATIENCE_MS };
  try {
    const pods = await witnessesIn(reading);
    if (pods.length === 0) return { kind: "unknown", why: "it has no pods that could tell" };
    return latest((await Promise.all(pods.map((pod) => toldBy(reading, pod)))).flat());
  } catch (error) {
    return { kind: "unknown", why: messageOf(error) };
  }
}

/** Pods whose programs meet people. One that has ended for good has a successor, whose age says since when. */
async function witnessesIn({ cluster, namespace }: Reading): Promise<readonly PodFacts[]> {
  const selector = `component in (${Object.keys(WITNESSES).join(",")})`;
  const query = new URLSearchParams({ labelSelector: selector });
  const { status, body } = await cluster.ask(
    "GET",
    `/api/v1/namespaces/${namespace}/pods?${query.toString()}`,
  );
  if (status !== 200) throw new Error(`its pods cannot be looked at (HTTP ${status})`);
  const { items } = list.parse(body);
  return items.filter(({ status: { phase } }) => phase !== "Succeeded" && phase !== "Failed");
}

async function toldBy(reading: Reading, pod: PodFacts): Promise<readonly LastUse[]> {
  const judge = WITNESSES[pod.metadata.labels.component ?? ""];
  if (judge === undefined) return [];
  const { runs, lacking } = runsOf(pod, reading.since);
  const told = runs.map(async (run): Promise<LastUse> => {
    try {
      const at = await lastUseIn(reading, run, judge);
      return at === undefined ? UNUSED : { kind: "used", at };
    } catch (error) {
      return { kind: "unknown", why: messageOf(error) };
    }
  });
  return [
    ...(await Promise.all(told)),
    ...(lacking === undefined ? [] : [{ kind: "unknown", why: lacking } as const]),
  ];
}
