import { setTimeout } from "node:timers/promises";

import type { Cluster } from "../cluster";

/** How long one that gives no answer is asked again, in milliseconds: longer than a lease is kept without renewal. */
const PATIENCE_MS = 60_000;

/** How often, in milliseconds. */
const PAUSE_MS = 500;

/**
 * The same cluster, whose API server may be away for a while where something is only read.
 *
 * @param signal - Gives up.
 */
export function patient(cluster: Cluster, signal: AbortSignal, patienceMs = PATIENCE_MS): Cluster {
  return {
    server: cluster.server,
    ask: async (method, ...rest) => {
      const until = performance.now() + patienceMs;
      for (;;) {
        const isLast = method !== "GET" || performance.now() > until;
        try {
          const answer = await cluster.ask(method, ...rest);
          if (answer.status < 500 || isLast) return answer;
        } catch (error) {
          if (isLast) throw new Error(noAnswer(cluster), { cause: error });
        }
        await setTimeout(PAUSE_MS, undefined, { signal });
      }
    },
  };
}

function noAnswer({ server }: Cluster): string {
  return `${server} gives no answer: run the command again once it does`;
}
